; The set-up program of ShelterDesk for Windows: for one person, without an administrator, without the internet.
;
; Given with -D: VERSION, PAYLOAD (the program folder), FILES (the generated list of what lies in it), ICONS, OUT,
; HERE (this folder), SIZE (kilobytes installed). With -DQUICK it packs quickly, for trials.
;
; What the words after the program's name do when nobody sits before the screen:
;   /S  ask nothing     /NAME=Desk /ICON=desk  another name and mark     /D=C:\folder  another folder, as the last word
; It then ends with 0 done, 2 the name holds a sign it cannot hold, 5 the program is running, 6 a newer one is
; installed, 7 the folder holds other files.

Unicode true
Target amd64-unicode
ManifestSupportedOS all
ManifestDPIAware true
ManifestLongPathAware true
RequestExecutionLevel user
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 32
!endif
; The moments of the files are of no use there, and they would make every set-up program another one.
SetDateSave off
AllowSkipFiles off
CRCCheck force

!define ID "ShelterDesk"
!define EXE "ShelterDesk.exe"
!define OWN "Software\${ID}"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\${ID}"
!define KIND "${ID}.backup"
!define RUNNING "Local\ShelterDesk-running"

Name "${ID}"
OutFile "${OUT}"
InstallDir "$LOCALAPPDATA\Programs\${ID}"
InstallDirRegKey HKCU "${OWN}" "InstallDir"
BrandingText "${ID} ${VERSION}"
ShowInstDetails hide
ShowUninstDetails hide

VIProductVersion "${VERSION}.0"
VIFileVersion "${VERSION}.0"
VIAddVersionKey /LANG=0 "ProductName" "${ID}"
VIAddVersionKey /LANG=0 "FileDescription" "Desk"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "LegalCopyright" ""

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"
!include "nsDialogs.nsh"
; REMOVE_OWN takes away what a set-up put into the folder, PUT_IN_PLACE moves what was unpacked to its place.
!include "${FILES}"

!ifdef SIGNING
  !include "${SIGNING}"
!endif

Var Shown      ; the name people see, «ShelterDesk» unless they chose another
Var Mark       ; the name of its icon file: shelterdesk, desk or notebook
Var Choice     ; which of the four rows of the page is marked
Var Own        ; the words typed into the fourth row
Var ByHand     ; «yes» when somebody wrote neutral.toml themselves
Var RowProgram
Var RowDesk
Var RowNotebook
Var RowOwn
Var OwnField

!define MUI_ICON "${ICONS}\shelterdesk.ico"
!define MUI_UNICON "${ICONS}\shelterdesk.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${ICONS}\side.bmp"
!define MUI_LANGDLL_REGISTRY_ROOT HKCU
!define MUI_LANGDLL_REGISTRY_KEY "${OWN}"
!define MUI_LANGDLL_REGISTRY_VALUENAME "SetupLanguage"
!define MUI_LANGDLL_WINDOWTITLE "${ID}"
!define MUI_LANGDLL_INFO "Dil · Language · Язык"
!define MUI_LANGDLL_ALWAYSSHOW
!define MUI_LANGDLL_ALLLANGUAGES
!define MUI_ABORTWARNING

Page custom name_page name_chosen
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE folder_chosen
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TEXT "$(FinishWords)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${EXE}"
!define MUI_FINISHPAGE_NOREBOOTSUPPORT
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(RecordsStay)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGEEX "${HERE}" "Azerbaijani"
!insertmacro MUI_LANGUAGE "Russian"
!include "${HERE}\words.nsh"
!insertmacro MUI_RESERVEFILE_LANGDLL

; ---- Before anything is changed ------------------------------------------------------------------------------------

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

; ---- The name ------------------------------------------------------------------------------------------------------

!macro name_from WORD RESULT
  ; One line of neutral.toml: WORD = "…", kept as UTF-16 by ourselves or typed as UTF-8 by somebody.
  ${If} ${RESULT} == ""
    StrLen $3 '${WORD} = "'
    StrCpy $4 $2 $3
    ${If} $4 == '${WORD} = "'
      StrCpy $4 $2 "" $3
      StrLen $5 $4
      ${DoWhile} $5 > 0
        IntOp $5 $5 - 1
        StrCpy $6 $4 1 $5
        ${If} $6 == '"'
          StrCpy ${RESULT} $4 $5
          ${ExitDo}
        ${EndIf}
      ${Loop}
    ${EndIf}
  ${EndIf}
!macroend

Function take_present_name
  StrCpy $Shown ""
  StrCpy $Mark ""
  ${If} ${FileExists} "$INSTDIR\neutral.toml"
    ClearErrors
    FileOpen $1 "$INSTDIR\neutral.toml" r
    ${IfNot} ${Errors}
      FileReadUTF16LE $1 $2
      ${DoUntil} ${Errors}
        !insertmacro name_from "name" $Shown
        !insertmacro name_from "icon" $Mark
        FileReadUTF16LE $1 $2
      ${Loop}
      FileClose $1
    ${EndIf}
    ${If} $Shown == ""
      ; It is not ours: the registry still knows what was shown.
      StrCpy $ByHand "yes"
      ReadRegStr $Shown HKCU "${OWN}" "Shown"
      ReadRegStr $Mark HKCU "${OWN}" "Mark"
    ${EndIf}
  ${EndIf}
  ClearErrors
FunctionEnd

Function take_given_name
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/NAME=" $1
  ${If} ${Errors}
    ; PowerShell puts the quotation marks around the whole word.
    ClearErrors
    ${WordFind2X} $0 '"/NAME=' '"' "E+1" $1
  ${EndIf}
  ${IfNot} ${Errors}
  ${AndIf} $1 != ""
    StrCpy $Own $1 40
    Call own_name_fits
    ${If} $3 == ""
      MessageBox MB_OK|MB_ICONSTOP "$(NameHasSigns)" /SD IDOK
      SetErrorLevel 2
      Quit
    ${EndIf}
    StrCpy $Shown $Own
    StrCpy $Mark ""
    StrCpy $ByHand ""
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/ICON=" $1
  ${IfNot} ${Errors}
    StrCpy $Mark $1
  ${EndIf}
  ClearErrors
  Call settle_name
FunctionEnd

; The three marks go with the names; another name takes the desk.
Function settle_name
  ${If} $Shown == ""
  ${OrIf} $Shown == "${ID}"
    StrCpy $Shown "${ID}"
    StrCpy $Mark "shelterdesk"
  ${ElseIf} $Mark != "notebook"
    StrCpy $Mark "desk"
  ${EndIf}
FunctionEnd

Function name_page
  !insertmacro MUI_HEADER_TEXT "$(NameTitle)" "$(NameSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${If} $0 == error
    Abort
  ${EndIf}
  ${NSD_CreateLabel} 0 0 100% 36u "$(NameWords)"
  Pop $0
  ${NSD_CreateFirstRadioButton} 8u 42u 90% 12u "${ID}"
  Pop $RowProgram
  ${NSD_CreateAdditionalRadioButton} 8u 57u 90% 12u "$(DeskName)"
  Pop $RowDesk
  ${NSD_CreateAdditionalRadioButton} 8u 72u 90% 12u "$(NotebookName)"
  Pop $RowNotebook
  ${NSD_CreateAdditionalRadioButton} 8u 87u 92u 12u "$(OwnName)"
  Pop $RowOwn
  ${NSD_CreateText} 102u 86u 120u 13u ""
  Pop $OwnField
  ${NSD_SetTextLimit} $OwnField 40
  ${NSD_OnChange} $OwnField typed
  ${NSD_CreateLabel} 0 108u 100% 30u "$(NameLimits)"
  Pop $0
  ${If} $Shown == "${ID}"
    StrCpy $Choice $RowProgram
  ${ElseIf} $Shown == "$(DeskName)"
    StrCpy $Choice $RowDesk
  ${ElseIf} $Shown == "$(NotebookName)"
    StrCpy $Choice $RowNotebook
  ${Else}
    StrCpy $Choice $RowOwn
    ${NSD_SetText} $OwnField $Shown
  ${EndIf}
  ${NSD_Check} $Choice
  ${NSD_SetFocus} $Choice
  nsDialogs::Show
FunctionEnd

Function typed
  Pop $0
  ${NSD_Uncheck} $RowProgram
  ${NSD_Uncheck} $RowDesk
  ${NSD_Uncheck} $RowNotebook
  ${NSD_Check} $RowOwn
FunctionEnd

Function name_chosen
  StrCpy $ByHand ""
  ${NSD_GetText} $OwnField $Own
  ${NSD_GetState} $RowOwn $0
  ${NSD_GetState} $RowDesk $1
  ${NSD_GetState} $RowNotebook $2
  ${If} $0 == ${BST_CHECKED}
    ${If} $Own == ""
      MessageBox MB_OK|MB_ICONINFORMATION "$(NameIsMissing)"
      Abort
    ${EndIf}
    Call own_name_fits
    ${If} $3 == ""
      MessageBox MB_OK|MB_ICONINFORMATION "$(NameHasSigns)"
      Abort
    ${EndIf}
    ${If} $Shown != $Own
      StrCpy $Mark "desk"
    ${EndIf}
    StrCpy $Shown $Own
  ${ElseIf} $1 == ${BST_CHECKED}
    StrCpy $Shown "$(DeskName)"
    StrCpy $Mark "desk"
  ${ElseIf} $2 == ${BST_CHECKED}
    StrCpy $Shown "$(NotebookName)"
    StrCpy $Mark "notebook"
  ${Else}
    StrCpy $Shown "${ID}"
  ${EndIf}
  Call settle_name
FunctionEnd

; Leaves «yes» in $3 when $Own has no sign that a file name or neutral.toml cannot hold.
Function own_name_fits
  StrCpy $3 "yes"
  StrLen $4 $Own
  ${DoWhile} $4 > 0
    IntOp $4 $4 - 1
    StrCpy $5 $Own 1 $4
    ${If} $5 == '"'
    ${OrIf} $5 == "\"
    ${OrIf} $5 == "/"
    ${OrIf} $5 == ":"
    ${OrIf} $5 == "*"
    ${OrIf} $5 == "?"
    ${OrIf} $5 == "<"
    ${OrIf} $5 == ">"
    ${OrIf} $5 == "|"
      StrCpy $3 ""
    ${EndIf}
  ${Loop}
FunctionEnd

; ---- Installing ----------------------------------------------------------------------------------------------------

Section
  !insertmacro wait_until_closed "$(CloseFirst)"
  ; Everything is unpacked beside what is there; only then does the new take the place of the old, so that a full disk
  ; or a power cut in the middle leaves the old program whole.
  RMDir /r "$INSTDIR\_next"
  SetOutPath "$INSTDIR\_next"
  ClearErrors
  File /r "${PAYLOAD}\*.*"
  ${If} ${Errors}
    SetOutPath "$INSTDIR"
    RMDir /r "$INSTDIR\_next"
    Abort "$(NotEnoughSpace)"
  ${EndIf}
  SetOutPath "$INSTDIR"
  !insertmacro REMOVE_OWN
  ClearErrors
  !insertmacro PUT_IN_PLACE
  ${If} ${Errors}
    Abort "$(NotInPlace)"
  ${EndIf}
  RMDir /r "$INSTDIR\_next"

  ${If} $ByHand == ""
    Delete "$INSTDIR\neutral.toml"
  ${EndIf}
  ${If} $ByHand == ""
  ${AndIf} $Shown != "${ID}"
    FileOpen $0 "$INSTDIR\neutral.toml" w
    FileWriteUTF16LE /BOM $0 'name = "$Shown"$\r$\n'
    FileWriteUTF16LE $0 'icon = "$Mark"$\r$\n'
    FileClose $0
  ${EndIf}

  WriteUninstaller "$INSTDIR\uninstall.exe"

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
SectionEnd

; ---- Removing ------------------------------------------------------------------------------------------------------

Section "Uninstall"
  !insertmacro wait_until_closed "$(CloseFirst)"
  ; Only what the set-up brought. What others put into the folder stays, and the records lie elsewhere.
  !insertmacro REMOVE_OWN
  RMDir /r "$INSTDIR\_next"
  Delete "$INSTDIR\neutral.toml"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"

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
SectionEnd
