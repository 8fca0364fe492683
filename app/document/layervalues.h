// What the document tells its views of the one layer that is looked at: plain values.
#pragma once

#include "core/base/message.h"
#include "core/model/technique.h"

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace pare {

/// The few values that the weights of a low-bit layer can take.
struct CodecValues
{
    enum class Slot { Matrix, Row, Group };
    Slot slot = Slot::Matrix;   ///< what shares them
    std::int64_t group = 0;     ///< weights of a group
    std::int64_t sets = 0;      ///< how many such sets there are
    std::vector<double> values; ///< ascending, of the slot whose values reach as far as the median
};

/// A layer's weight before and after the recipe, as far as they can be told quickly.
struct LayerLook
{
    struct Statistics
    {
        std::int64_t count = 0;
        double mean = 0, deviation = 0, minimum = 0, maximum = 0, kurtosis = 0, zeros = 0;
        std::vector<std::int64_t> histogram;
        double low = 0, high = 0;
    };
    std::string name;
    Statistics before;
    std::optional<Statistics> after;   ///< nothing where no step changes it
    std::optional<CodecValues> values; ///< as it would be stored; nothing: any number
    double weightError = 0;            ///< ‖W−Ŵ‖/‖W‖, with `after`
    std::optional<Message> unknown;    ///< why `after` cannot be told, where a step changes it
};

/// Numbers of a layer's weight in the original; NaN: not looked at yet, infinite: cannot be told.
struct LayerFigures
{
    double norm = std::numeric_limits<double>::quiet_NaN(); ///< ‖W‖/√n: the root of the mean square
    double kurtosis = std::numeric_limits<double>::quiet_NaN();
    double zeros = std::numeric_limits<double>::quiet_NaN(); ///< share of exact ones
    double rank = std::numeric_limits<double>::quiet_NaN();  ///< the least that keeps keptEnergy
};
using FigureMap = std::map<std::string, LayerFigures>; ///< by the layer's canonical name

/// How closely weights are looked at: the second takes a decomposition of each matrix.
enum class FigureDepth { Moments, Ranks };

constexpr double keptEnergy = 0.9; ///< of the sum of squared singular values, for a rank

/// The singular values of a layer's weight in the original model, and what a product of each rank
/// would take.
struct LayerSpectrum
{
    std::string name;
    std::vector<double> values; ///< min(out, in) of them, descending; none: it is not a matrix
    double breakEven = 0;       ///< below this rank two factors hold fewer weights than the matrix
    struct Bytes
    {
        std::int64_t whole = 0;   ///< as it is
        std::int64_t fixed = 0;   ///< its bias
        std::int64_t perRank = 0; ///< a column of one factor, a row of the other

        std::int64_t atRank(std::int64_t rank) const { return fixed + rank * perRank; }
    };
    std::optional<Bytes> bytes; ///< nothing for a layer that is held compressed already
};

/// A part of a matrix, in weights.
struct PictureRegion
{
    std::int64_t row = 0;
    std::int64_t column = 0;
    std::int64_t rows = 0;
    std::int64_t columns = 0;
};

/// A layer's weight as a picture of at most 256 x 256 blocks, before and after the recipe.
struct LayerPicture
{
    struct Grid
    {
        std::vector<float> sizes; ///< mean |w| of each block, row by row
        std::vector<float> means; ///< mean w of each block
    };
    std::string name;
    int rows = 0; ///< of blocks; 0: it is not a matrix
    int columns = 0;
    std::int64_t out = 0; ///< rows of weights
    std::int64_t in = 0;
    PictureRegion region; ///< that the blocks cover
    Grid before;
    std::optional<Grid> after;      ///< nothing where no step changes it
    std::optional<Grid> difference; ///< of after − before, with `after`
    std::optional<Message> unknown; ///< why `after` cannot be told, where a step changes it
};

/// What one step would make of one layer.
struct LayerOption
{
    enum class Answer {
        Computing,
        Known,
        NeedsCalibration,
        NeedsTraining,
        NotTold, ///< `reason` says why the error cannot be told beforehand
        Refused, ///< `reason` says why the step cannot be done
    };
    std::string step;  ///< as text, for this layer
    std::string title; ///< shortName() of it without the layer
    Family family = Family::Structure;
    std::optional<std::int64_t> bytes; ///< of the layer then, exact
    Answer answer = Answer::Computing;
    double weightError = 0; ///< ‖W−Ŵ‖/‖W‖, where known
    /// Added to one answer, as a sweep measured it; negative: faster; nothing: none did.
    std::optional<double> milliseconds;
    std::optional<Message> reason;
};

struct LayerOptions
{
    std::string name;
    std::int64_t bytesBefore = 0;
    std::vector<LayerOption> options; ///< in the order of the table of techniques
};

} // namespace pare
