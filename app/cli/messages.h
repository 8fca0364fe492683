// What the command line says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto numberAboveZero = translatable("expected a number above 0, found %1");
inline constexpr auto numberReal = translatable("expected a number from %1 to %2, found %3");
inline constexpr auto numberWhole = translatable("expected a whole number from %1 to %2, found %3");
inline constexpr auto numberSize =
    translatable("expected a size such as 500MB, not below 0, found %1");
inline constexpr auto wordOneOf = translatable("expected one of %1, found %2");
inline constexpr auto commandUnknown =
    translatable("there is no command \"%1\"; expected one of %2, or one file to open");
inline constexpr auto commandNearest =
    translatable("there is no command \"%1\"; the nearest is %2");
inline constexpr auto commandMissing = translatable("expected a command, one of %1, found none");
inline constexpr auto usageOptionUnknown =
    translatable("there is no option %2 (`%1 --help` lists them)");
inline constexpr auto usageOptionNearest =
    translatable("there is no option %2; the nearest is %3 (`%1 --help` lists them)");
inline constexpr auto usageWordTooMany =
    translatable("\"%2\" belongs to nothing; a value that holds spaces goes between quotes "
                 "(`%1 --help` says what is expected)");
inline constexpr auto usageMissing =
    translatable("expected %2, found none (`%1 --help` says what it is)");
inline constexpr auto usageNeeds = translatable("%1: expected %2 beside it, found none");
inline constexpr auto usageExcludes = translatable("%1: expected no %2 beside it, found one");
inline constexpr auto usageTwice = translatable("%1: expected once, found %2 times");
inline constexpr auto usageFlagValue = translatable("%1: expected no value, found \"%2\"");
inline constexpr auto valueEmpty = translatable("expected a value, found an empty one");
inline constexpr auto usageValueMissing = translatable("%1: expected %2 behind it, found nothing");
inline constexpr auto outputLost = translatable("standard output: cannot be written: %1");
inline constexpr auto memoryLacks = translatable("not enough memory");
inline constexpr auto programError = translatable("an error of the program itself: %1");
inline constexpr auto runNotFound =
    translatable("%1: there is no run \"%2\"; `pare runs %1` lists them");
inline constexpr auto runNameExpected =
    translatable("expected a run of a project, as in news.pare#1a2b, found \"%1\"");
inline constexpr auto runWithoutAnswers = translatable(
    "%1: run %2 has no stored answers: it was measured by an earlier Pare, or they are "
    "longer than a project may hold; measured again into another project, it has them");
inline constexpr auto compareTwice = translatable("run %1 is named twice");
inline constexpr auto compareNothing =
    translatable("expected two runs at least, or one and the word original");
inline constexpr auto compareOriginalAlone =
    translatable("the word original goes with a run whose original it is; name one");
inline constexpr auto compareData =
    translatable("runs on different data cannot be compared: %1 was measured on %2 (%3), %4 on %5 "
                 "(%6)");
inline constexpr auto compareSizes =
    translatable("run %1 has answers to %2 examples, run %3 to %4 of the same data");
inline constexpr auto compareOriginals =
    translatable("the runs have different originals: %1 is of %2, %3 of %4; compared with that of "
                 "the first");
inline constexpr auto flipsCollapsed =
    translatable("The mean hides a slice: %1 fell from %2 % to %3 % right, the rest from %4 % to "
                 "%5 %.");
inline constexpr auto recipeTaught =
    translatable("%1 was taught as well, by %2, which is no part of a recipe: see `pare distill`");
inline constexpr auto recipeNone =
    translatable("%1: holds no recipe; expected a recipe file, PROJECT.pare#RUN, or a folder that "
                 "pare export wrote");
inline constexpr auto recipeNothing =
    translatable("no recipe; expected a file, PROJECT.pare#RUN, --recipe or --step");
inline constexpr auto exportDtypeOfPacked =
    translatable("--dtype goes with formats that hold numbers unpacked; format packed keeps each "
                 "layer as the recipe made it");
inline constexpr auto exportWhichRun =
    translatable("%1: is a project; name one of its runs, as %1#RUN (`pare runs %1` lists them)");
inline constexpr auto exportNotKept = translatable("the project was not told of the export: %1");
inline constexpr auto exportRecipeOfRun =
    translatable("a run has its recipe already; --recipe and --step go with a model");
inline constexpr auto runStored =
    translatable("%1: run %2 was there already and is kept as it was");
inline constexpr auto predictionMeasured =
    translatable("%1 has measured this recipe, as run %2; that is what follows");
inline constexpr auto predictionsNoRuns =
    translatable("the project has no run yet; expected one at least to compare a prediction with");
inline constexpr auto sweepLeftOut = translatable("%1 is left out: %2");
inline constexpr auto sweepWithoutOutputs =
    translatable("%1: %2 runs were there already, measured without calibration data, and tell no "
                 "errors of outputs; they are kept as they were");
inline constexpr auto sweepForecast = translatable(
    "this will take about %1 and %2 of memory, with a coarse table after %3; Ctrl-C shows what is "
    "known by then (learnt from sweeps on this machine: %4)");
inline constexpr auto sweepPairsBase =
    translatable("--pairs and --leave-one-out ask options together on the model as it is; expected "
                 "no --step or --recipe "
                 "beside it");
inline constexpr auto searchEither =
    translatable("expected --target, such as 'bytes<=2MB', or --front with a number of budgets");
inline constexpr auto searchMeasure =
    translatable("--measure %1: expected how many of the %2 recipes of the front, or a list of "
                 "their numbers");
inline constexpr auto searchLocksNothing =
    translatable("--lock \"%1\" matches no layer of this model");
inline constexpr auto searchNotForLayers = translatable(
    "%1 acts on blocks or between layers, and a budget is shared out layer by layer; expected "
    "techniques that prune, factorize or quantize");
inline constexpr auto sweepTraining = translatable(
    "--per-layer looks at layers as the steps leave them, without training; expected no "
    "--recover, found one");
inline constexpr auto tokenizeEither = translatable("expected a TEXT or --data FILE");
inline constexpr auto trainData =
    translatable("expected --data with labelled examples, or --corpus for --objective mlm");
inline constexpr auto trainEither =
    translatable("expected --config for a new model, or --init for one to start from, such as "
                 "resources/demo");
inline constexpr auto calibrationUnused =
    translatable("no step of the recipe needs calibration data; %1 is not read");

inline constexpr auto devUnused =
    translatable("no step of the recipe chooses by score; %1 chooses nothing");
inline constexpr auto scheduleByShare =
    translatable("%1 over the training: %2 %3 %4, from %5 % of the steps on");
inline constexpr auto scheduleBySteps =
    translatable("%1 over the steps: %2 %3 %4, from step %5 on");
inline constexpr auto scheduleSteady = translatable("%1 over the training: %2 throughout");
inline constexpr auto patienceUnused =
    translatable("patience counts what is measured on development data (--dev); without it no "
                 "training stops early");
inline constexpr auto layerMapUnused =
    translatable("%1 pairs no layers of teacher and student; --layer-map %2 changes nothing");
inline constexpr auto corpusUnused =
    translatable("%1 learns from labelled examples alone; %2 teaches nothing");
inline constexpr auto maskingUnused =
    translatable("%1 masks no tokens; --masking %2 changes nothing");
inline constexpr auto techniqueDistillation =
    translatable("Distillation (pare distill --method, or --recover method=)");
inline constexpr auto runsTrained =
    translatable("trained weights of %1 models are kept: %2 MB in %3");
inline constexpr auto distillRecovers =
    translatable("the recipe has a training of its own; here the method is the training");
inline constexpr auto distillMethodHelp =
    translatable("How it learns, with settings: %1 (\"pare techniques kd\" shows them)");
inline constexpr auto trainUnused =
    translatable("the recipe has no training (--recover); %1 teaches nothing");
inline constexpr auto needsNothing = translatable("nothing but the weights");
inline constexpr auto needsInputs = translatable("calibration data");
inline constexpr auto needsGradients = translatable("labelled calibration data");
inline constexpr auto needsTraining = translatable("training (--recover)");
inline constexpr auto needsWith = translatable("with %1 %2");
inline constexpr auto needsMore = translatable("needs %1");
inline constexpr auto settingDefault = translatable("otherwise %1");
inline constexpr auto settingRequires = translatable("goes with %1");
inline constexpr auto settingExcludes = translatable("not beside %1");
inline constexpr auto techniqueFamily = translatable("family");
inline constexpr auto techniquePaper = translatable("paper");
inline constexpr auto techniqueNeeds = translatable("needs");
inline constexpr auto techniqueActsOn = translatable("acts on");
inline constexpr auto techniqueWithoutSelection = translatable("without @");
inline constexpr auto techniqueSettings = translatable("settings");
inline constexpr auto techniqueNoSettings = translatable("It has no settings.");
inline constexpr auto techniqueMore =
    translatable("`pare techniques ID` says what one does, where, and with which settings.");
inline constexpr auto inspectNoHashes = translatable(
    "%1: no pare.json says what its files were; expected a folder that pare export wrote");
inline constexpr auto inspectUnchanged =
    translatable("%1 files are as they were exported: their SHA-256 is the same");

} // namespace pare::messages
