"""The Linux packages: .deb, .rpm and an archive, and the proof that they install on bare systems."""
