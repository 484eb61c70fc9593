; The set-up program of ShelterDesk for Windows: for one person, without an administrator, without the internet.
;
; Given with -D: VERSION, PAYLOAD (the program folder), FILES (the generated list of what lies in it), ICONS, OUT,
; HERE (this folder), SIZE (kilobytes installed). With -DQUICK it packs quickly, for trials.
;
; What the words after the program's name do when nobody sits before the screen:
;   /S  ask nothing     /NAME=Desk /ICON=desk  another name and mark     /D=C:\folder  another folder, as the last word
; It then ends with 0 done, 2 the name holds a sign it cannot hold, 5 the program or another set-up is running, 6 a newer
; one is installed, 7 the folder holds other files, 8 Windows is older than 10, 9 the files could not all be written.

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

!include "${HERE}\before.nsh"
!include "${HERE}\name.nsh"
!include "${HERE}\registry.nsh"

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
    SetErrorLevel 9
    Abort "$(NotEnoughSpace)"
  ${EndIf}
  SetOutPath "$INSTDIR"
  !insertmacro REMOVE_OWN
  ClearErrors
  !insertmacro PUT_IN_PLACE
  ${If} ${Errors}
    SetErrorLevel 9
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

  !insertmacro ANNOUNCE
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

  !insertmacro FORGET
SectionEnd
