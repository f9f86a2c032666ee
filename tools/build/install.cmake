# Make, at install time and with the program itself, what is installed beside it: the
# git-stemma link (`git stemma validate`), the manual pages and the shells' completions.
# Set by CMakeLists.txt: STEMMA (the program) and the folders BINDIR, MANDIR, DATADIR,
# below the prefix unless absolute.
foreach(folder BINDIR MANDIR DATADIR)
	cmake_path(ABSOLUTE_PATH ${folder} BASE_DIRECTORY "${CMAKE_INSTALL_PREFIX}" NORMALIZE)
	set(${folder} "$ENV{DESTDIR}${${folder}}")
endforeach()

function(stemma_print file)
	get_filename_component(folder "${file}" DIRECTORY)
	file(MAKE_DIRECTORY "${folder}")
	execute_process(COMMAND "${STEMMA}" help ${ARGN}
		OUTPUT_FILE "${file}" COMMAND_ERROR_IS_FATAL ANY)
	message(STATUS "Installing: ${file}")
endfunction()

file(CREATE_LINK stemma "${BINDIR}/git-stemma" SYMBOLIC)

execute_process(COMMAND "${STEMMA}" help --list
	OUTPUT_VARIABLE commands COMMAND_ERROR_IS_FATAL ANY)
string(REGEX MATCHALL "[^\n]+" commands "${commands}")
stemma_print("${MANDIR}/man1/stemma.1" --man)
foreach(command IN LISTS commands)
	stemma_print("${MANDIR}/man1/stemma-${command}.1" --man ${command})
endforeach()

stemma_print("${DATADIR}/bash-completion/completions/stemma" --completion bash)
stemma_print("${DATADIR}/zsh/site-functions/_stemma" --completion zsh)
stemma_print("${DATADIR}/fish/vendor_completions.d/stemma.fish" --completion fish)
