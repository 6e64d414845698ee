; Adds Lectern to "Open with" for pages and texts, without becoming their default program.
!macro customInstall
  WriteRegStr SHELL_CONTEXT "Software\Classes\Lectern.Page" "" "Lectern article"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Lectern.Page\DefaultIcon" "" "$INSTDIR\${APP_EXECUTABLE_FILENAME},0"
  WriteRegStr SHELL_CONTEXT "Software\Classes\Lectern.Page\shell\open\command" "" '"$INSTDIR\${APP_EXECUTABLE_FILENAME}" -- "%1"'
  WriteRegStr SHELL_CONTEXT "Software\Classes\.html\OpenWithProgids" "Lectern.Page" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\.htm\OpenWithProgids" "Lectern.Page" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\.txt\OpenWithProgids" "Lectern.Page" ""
  WriteRegStr SHELL_CONTEXT "Software\Classes\.md\OpenWithProgids" "Lectern.Page" ""
!macroend

!macro customUnInstall
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.html\OpenWithProgids" "Lectern.Page"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.htm\OpenWithProgids" "Lectern.Page"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.txt\OpenWithProgids" "Lectern.Page"
  DeleteRegValue SHELL_CONTEXT "Software\Classes\.md\OpenWithProgids" "Lectern.Page"
  DeleteRegKey SHELL_CONTEXT "Software\Classes\Lectern.Page"
!macroend
