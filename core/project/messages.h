// What core/project says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto projectMissing = translatable("%1: no such project");
inline constexpr auto projectNotAFile =
    translatable("%1: expected a Pare project, found a folder or device");
inline constexpr auto projectEmpty =
    translatable("%1: expected a Pare project, found an empty file");
inline constexpr auto projectNotADatabase =
    translatable("%1: expected a Pare project, found a file of another kind");
inline constexpr auto projectOtherDatabase =
    translatable("%1: expected a Pare project, found another program's database");
inline constexpr auto projectDamaged = translatable("%1: the project is damaged: %2");
inline constexpr auto projectNewer =
    translatable("%1: the project has version %2, this Pare reads versions up to %3");
inline constexpr auto projectExists = translatable("%1: there is such a file already");
inline constexpr auto projectNoFolder = translatable("%1: the folder does not exist");
inline constexpr auto projectInvalidPath = translatable("%1: the name is not valid UTF-8");

inline constexpr auto projectLocked =
    translatable("%1: another Pare has this project open for writing; close it there, or name another project");
inline constexpr auto projectCannotLock =
    translatable("%1: cannot be opened for writing: the lock file %2 was refused: %3");
inline constexpr auto projectCannotRead = translatable("%1: cannot be read: %2");
inline constexpr auto projectCannotWrite = translatable("%1: cannot be written: %2");
inline constexpr auto projectRefused = translatable("%1: cannot be read or written: %2");
inline constexpr auto projectReadOnly =
    translatable("%1: cannot be changed, because it is open read-only");
inline constexpr auto projectBusy =
    translatable("%1: another program is using this project; try again");
inline constexpr auto projectFull = translatable("%1: cannot be written: the disk is full");
inline constexpr auto projectTooLong =
    translatable("%1: something in it, or about to be stored in it, is longer than a project may "
                 "hold (%2 bytes)");
inline constexpr auto projectNoMemory = translatable("%1: there is not enough memory to read it");

inline constexpr auto projectText =
    translatable("%1: what is to be stored holds text that is not valid UTF-8");
inline constexpr auto projectRun = translatable("%1: run %2 is damaged: %3");
inline constexpr auto projectAnswers = translatable("%1: the answers of run %2 are damaged: %3");
inline constexpr auto projectExport =
    translatable("%1: what is known of the export %2 is damaged: %3");
inline constexpr auto projectRevision = translatable("%1: revision %2: %3");
inline constexpr auto projectNothingToUndo = translatable("%1: there is nothing to undo");
inline constexpr auto projectNothingToRedo = translatable("%1: there is nothing to redo");
inline constexpr auto runIdEmpty = translatable("%1: a run without an id cannot be stored");
inline constexpr auto runMissing = translatable("%1: there is no run \"%2\"");
inline constexpr auto runAmbiguous =
    translatable("%1: \"%2\" is the beginning of more than one run's id");

} // namespace pare::messages
