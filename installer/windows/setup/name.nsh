; The name and the mark that others see: what was chosen before, what is given with /NAME and /ICON, and the page.

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
