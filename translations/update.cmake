# Brings translations up to date with the sources: new strings come in unfinished, those that are gone leave.
#   cmake -DLUPDATE=PROGRAM -DROOT=SOURCE_TREE -DWORK=FOLDER -DTARGETS=FILE.ts… -P update.cmake
#
# lupdate gives a string of a free function the name of its namespace as context, and has no way to be told
# another. So it reads copies, in which translatable("…") says that its context is "core". The command line
# speaks English and is left out.
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE ${WORK})
file(GLOB_RECURSE sources RELATIVE ${ROOT} ${ROOT}/core/*.h ${ROOT}/core/*.cpp ${ROOT}/widgets/*.h
     ${ROOT}/widgets/*.cpp ${ROOT}/app/*.h ${ROOT}/app/*.cpp ${ROOT}/translations/*.h)
list(FILTER sources EXCLUDE REGEX "^app/(cli/|main\\.cpp)")
foreach(source IN LISTS sources)
    file(READ ${ROOT}/${source} text)
    string(REPLACE "translatable(" "QT_TRANSLATE_NOOP(\"core\", " text "${text}")
    file(WRITE ${WORK}/${source} "${text}")
endforeach()

execute_process(COMMAND ${LUPDATE} -silent -locations none -no-ui-lines -no-obsolete -I ${WORK} ${WORK}
                        -ts ${TARGETS}
                COMMAND_ERROR_IS_FATAL ANY)
