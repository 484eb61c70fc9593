; What is looked at before anything is changed: is the program open, is a newer one there, is the folder ours.

!macro running RESULT
  ; SYNCHRONIZE is enough to learn whether it is there.
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "${RUNNING}") p .r9'
  StrCpy ${RESULT} ""
  ${If} $9 P<> 0
    System::Call 'kernel32::CloseHandle(p r9)'
    StrCpy ${RESULT} "yes"
  ${ElseIf} ${FileExists} "$INSTDIR\${EXE}"
    ; A program that runs for somebody else on this computer is seen by its file, which cannot be written then.
    ClearErrors
    FileOpen $9 "$INSTDIR\${EXE}" a
    ${If} ${Errors}
      StrCpy ${RESULT} "yes"
    ${Else}
      FileClose $9
    ${EndIf}
  ${EndIf}
  ClearErrors
!macroend

!macro wait_until_closed QUESTION
  ${Do}
    !insertmacro running $8
    ${If} $8 == ""
      ${ExitDo}
    ${EndIf}
    ${If} ${Silent}
      SetErrorLevel 5
      Quit
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONINFORMATION "${QUESTION}" IDRETRY +3
    SetErrorLevel 5
    Quit
  ${Loop}
!macroend

Function .onInit
  ${IfNot} ${AtLeastWin10}
    MessageBox MB_OK|MB_ICONSTOP "Windows 10 / 11" /SD IDOK
    SetErrorLevel 8
    Quit
  ${EndIf}
  ; Two that unpack into one folder would spoil each other; a double click too many starts two. Windows takes the name
  ; back when this one ends.
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Local\${ID}-setup") p .r1 ?e'
  Pop $0
  ${If} $0 == 183
    SetErrorLevel 5
    Quit
  ${EndIf}
  !insertmacro MUI_LANGDLL_DISPLAY
  Call take_present_name
  Call take_given_name
  Call refuse_older
  !insertmacro wait_until_closed "$(CloseFirst)"
  ${If} ${Silent}
    Call folder_is_ours
    ${If} $0 == ""
      SetErrorLevel 7
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

Function un.onInit
  !insertmacro MUI_UNGETLANGUAGE
  !insertmacro wait_until_closed "$(CloseFirst)"
FunctionEnd

Function refuse_older
  ReadRegStr $0 HKCU "${OWN}" "Version"
  ${If} $0 != ""
    ${VersionCompare} "${VERSION}" "$0" $1
    ${If} $1 == 2
      ${If} ${Silent}
        SetErrorLevel 6
        Quit
      ${EndIf}
      MessageBox MB_YESNO|MB_ICONQUESTION|MB_DEFBUTTON2 "$(NewerIsThere)" IDYES +3
      SetErrorLevel 6
      Quit
    ${EndIf}
  ${EndIf}
FunctionEnd

; Leaves «yes» in $0 when the folder is empty, new, or the program's own.
Function folder_is_ours
  StrCpy $0 "yes"
  ${If} ${FileExists} "$INSTDIR\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\${EXE}"
  ; A set-up that was cut short leaves these.
  ${AndIfNot} ${FileExists} "$INSTDIR\_next\*.*"
  ${AndIfNot} ${FileExists} "$INSTDIR\uninstall.exe"
    FindFirst $1 $2 "$INSTDIR\*.*"
    ${DoWhile} $2 != ""
      ${If} $2 != "."
      ${AndIf} $2 != ".."
        StrCpy $0 ""
      ${EndIf}
      FindNext $1 $2
    ${Loop}
    FindClose $1
  ${EndIf}
FunctionEnd

Function folder_chosen
  Call folder_is_ours
  ${If} $0 == ""
    MessageBox MB_OK|MB_ICONINFORMATION "$(FolderHoldsOthers)"
    Abort
  ${EndIf}
  !insertmacro wait_until_closed "$(CloseFirst)"
FunctionEnd
