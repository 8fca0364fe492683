# Brings translations up to date with the sources: new strings come in unfinished, those that are gone leave.
#   cmake -DLUPDATE=PROGRAM -DROOT=SOURCE_TREE -DWORK=FOLDER -DTARGETS=FILE.ts… [-DPLURALS=pare_en.ts] -P update.cmake
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

# Presets are data: their names and descriptions stand in JSON.
set(presets "")
file(GLOB recipes ${ROOT}/resources/recipes/*.json)
foreach(recipe IN LISTS recipes)
    file(READ ${recipe} text)
    foreach(key name description)
        string(JSON value ERROR_VARIABLE missing GET "${text}" ${key})
        if(NOT missing)
            string(REPLACE "\"" "\\\"" value "${value}")
            string(APPEND presets "QT_TRANSLATE_NOOP(\"core\", \"${value}\")\n")
        endif()
    endforeach()
endforeach()
file(WRITE ${WORK}/resources/presets.h "${presets}")

execute_process(COMMAND ${LUPDATE} -silent -locations none -no-ui-lines -no-obsolete -I ${WORK} ${WORK}
                        -ts ${TARGETS}
                COMMAND_ERROR_IS_FATAL ANY)
if(PLURALS)
    execute_process(COMMAND ${LUPDATE} -silent -locations none -no-ui-lines -no-obsolete -pluralonly
                            -source-language en -target-language en -I ${WORK} ${WORK} -ts ${PLURALS}
                    COMMAND_ERROR_IS_FATAL ANY)
endif()
