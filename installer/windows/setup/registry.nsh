; What Windows is told about the program: Start menu, list of programs, and what opens a backup.

!macro ANNOUNCE
  ReadRegStr $0 HKCU "${OWN}" "Shown"
  ${If} $0 != ""
  ${AndIf} $0 != $Shown
    Delete "$SMPROGRAMS\$0.lnk"
  ${EndIf}
  CreateShortcut "$SMPROGRAMS\$Shown.lnk" "$INSTDIR\${EXE}" "" "$INSTDIR\icons\$Mark.ico" 0

  WriteRegStr HKCU "${OWN}" "InstallDir" "$INSTDIR"
  WriteRegStr HKCU "${OWN}" "Version" "${VERSION}"
  WriteRegStr HKCU "${OWN}" "Shown" "$Shown"
  WriteRegStr HKCU "${OWN}" "Mark" "$Mark"
  WriteRegStr HKCU "${OWN}" "SetupLanguage" "$LANGUAGE"

  WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "$Shown"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\icons\$Mark.ico"
  WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
  WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1

  WriteRegStr HKCU "Software\Classes\.dbk" "" "${KIND}"
  WriteRegStr HKCU "Software\Classes\${KIND}" "" "$(KindOfFile)"
  WriteRegStr HKCU "Software\Classes\${KIND}\DefaultIcon" "" "$INSTDIR\icons\$Mark.ico"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open" "FriendlyAppName" "$Shown"
  WriteRegStr HKCU "Software\Classes\${KIND}\shell\open\command" "" '"$INSTDIR\${EXE}" "%1"'
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend

!macro FORGET
  ReadRegStr $0 HKCU "${OWN}" "Shown"
  ${If} $0 != ""
    Delete "$SMPROGRAMS\$0.lnk"
  ${EndIf}
  ReadRegStr $0 HKCU "Software\Classes\.dbk" ""
  ${If} $0 == "${KIND}"
    DeleteRegKey HKCU "Software\Classes\.dbk"
  ${EndIf}
  DeleteRegKey HKCU "Software\Classes\${KIND}"
  DeleteRegKey HKCU "${UNINSTALL}"
  DeleteRegKey HKCU "${OWN}"
  System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
!macroend
