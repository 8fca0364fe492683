// What the document says to people.
#pragma once

#include "core/base/message.h"

namespace pare::messages {

inline constexpr auto documentMeasuring = translatable("Measuring %1");
inline constexpr auto documentMeasuringOn = translatable("Measuring %1 on %2");
inline constexpr auto documentAskingSome = translatable("Asking %1 layers what they can lose");
inline constexpr auto documentAskingOne = translatable("Asking %1 what it can lose");
inline constexpr auto documentNothingAsked = translatable(
    "Of the selected layers none has a weight of its own that could lose something by itself");
inline constexpr auto documentTeaching = translatable("Teaching a student, %1");
inline constexpr auto documentExporting = translatable("Exporting %1");
inline constexpr auto documentAsking = translatable("Asking every layer");
inline constexpr auto documentSearchingBytes =
    translatable("Looking for the best recipe of at most %1 MB");
inline constexpr auto documentSearchingAccuracy =
    translatable("Looking for the best recipe with at least %1 % right");
inline constexpr auto documentSearchingTime =
    translatable("Looking for the best recipe that answers within %1 ms");
inline constexpr auto documentNoAnswers =
    translatable("Run %1 keeps no answers: an earlier Pare measured it, or they are longer than a "
                 "project may hold. Measure it in a new project to see them.");
inline constexpr auto documentOtherData =
    translatable("Runs %1 and %2 answered different data, and cannot be compared");
inline constexpr auto documentBlaming =
    translatable("Looking for the layers that changed answers of %1");
inline constexpr auto documentNoModel = translatable("Open a model first");
inline constexpr auto documentNoData =
    translatable("Choose a data file first: labelled examples as TSV, CSV or JSON lines");
inline constexpr auto documentNoCalibration =
    translatable("%1 looks at what its layers are given: choose calibration data first, labelled "
                 "examples as TSV, CSV or JSON lines");
inline constexpr auto lookGlobal =
    translatable("One threshold for several layers: what becomes of this one is known after "
                 "measuring.");
inline constexpr auto lookStructure =
    translatable("Heads, units or tokens are removed: which ones stay is known after measuring.");
inline constexpr auto lookRemoved = translatable("The recipe removes this layer.");
inline constexpr auto lookTrained =
    translatable("The recipe trains the model: what becomes of a layer shows once it has run.");
inline constexpr auto lookCalibrated =
    translatable("The technique looks at data: what becomes of this matrix is known after "
                 "measuring.");
inline constexpr auto optionNoNeighbour =
    translatable("There is no block before this one whose weights it could use.");
inline constexpr auto optionWholeBlocks =
    translatable("It removes whole blocks, of which this layer is a part.");
inline constexpr auto optionOtherShape =
    translatable("The matrix gets another shape, which cannot be compared with the original.");
inline constexpr auto documentMeasured = translatable("This recipe was measured already");

} // namespace pare::messages
