"""The Qt window of ShelterDesk. It knows core; core does not know it."""
