; The words of the pages in Azerbaijani, Latin script (1068). What is missing here would be English.

!insertmacro LANGFILE "Azerbaijani" = "Azərbaycanca" =

!ifdef MUI_DIRECTORYPAGE
  ${LangFileString} MUI_TEXT_DIRECTORY_TITLE "Qovluğun seçilməsi"
  ${LangFileString} MUI_TEXT_DIRECTORY_SUBTITLE "$(^NameDA) proqramının quraşdırılacağı qovluğu seçin."
!endif

!ifdef MUI_INSTFILESPAGE
  ${LangFileString} MUI_TEXT_INSTALLING_TITLE "Quraşdırılır"
  ${LangFileString} MUI_TEXT_INSTALLING_SUBTITLE "$(^NameDA) quraşdırılır, gözləyin."
  ${LangFileString} MUI_TEXT_FINISH_TITLE "Quraşdırma tamamlandı"
  ${LangFileString} MUI_TEXT_FINISH_SUBTITLE "Proqram quraşdırıldı."
  ${LangFileString} MUI_TEXT_ABORT_TITLE "Quraşdırma dayandırıldı"
  ${LangFileString} MUI_TEXT_ABORT_SUBTITLE "Proqram quraşdırılmadı."
!endif

!ifdef MUI_UNINSTFILESPAGE
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_TITLE "Silinir"
  ${LangFileString} MUI_UNTEXT_UNINSTALLING_SUBTITLE "$(^NameDA) silinir, gözləyin."
  ${LangFileString} MUI_UNTEXT_FINISH_TITLE "Silinmə tamamlandı"
  ${LangFileString} MUI_UNTEXT_FINISH_SUBTITLE "Proqram silindi."
  ${LangFileString} MUI_UNTEXT_ABORT_TITLE "Silinmə dayandırıldı"
  ${LangFileString} MUI_UNTEXT_ABORT_SUBTITLE "Proqram silinmədi."
!endif

!ifdef MUI_FINISHPAGE
  ${LangFileString} MUI_TEXT_FINISH_INFO_TITLE "$(^NameDA) quraşdırıldı"
  ${LangFileString} MUI_TEXT_FINISH_INFO_TEXT "Proqram bu kompüterdə istifadəyə hazırdır.$\r$\n$\r$\nBağlamaq üçün «Hazırdır» düyməsini basın."
  ${LangFileString} MUI_TEXT_FINISH_INFO_REBOOT "Quraşdırmanı tamamlamaq üçün kompüter yenidən başladılmalıdır. İndi yenidən başladılsın?"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTNOW "İndi yenidən başlat"
  ${LangFileString} MUI_TEXT_FINISH_REBOOTLATER "Sonra özüm yenidən başladacağam"
  ${LangFileString} MUI_TEXT_FINISH_RUN "Proqramı &aç"
  ${LangFileString} MUI_TEXT_FINISH_SHOWREADME "&Oxu faylını göstər"
  ${LangFileString} MUI_BUTTONTEXT_FINISH "&Hazırdır"
!endif

!ifdef MUI_UNCONFIRMPAGE
  ${LangFileString} MUI_UNTEXT_CONFIRM_TITLE "$(^NameDA) proqramının silinməsi"
  ${LangFileString} MUI_UNTEXT_CONFIRM_SUBTITLE "$(^NameDA) bu kompüterdən silinəcək."
!endif

!ifdef MUI_ABORTWARNING
  ${LangFileString} MUI_TEXT_ABORTWARNING "$(^Name) quraşdırılması dayandırılsın?"
!endif
