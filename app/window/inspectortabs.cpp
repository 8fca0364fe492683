#include "app/window/inspectortabs.h"

#include "app/document/document.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::InspectorPanel)
};

bool isMatrix(const LayerMapCell &cell)
{
    return cell.shape.size() == 2;
}

/// The rank that the recipe gives this layer, by a step that names it so.
std::optional<int> chosenRank(const Document &document, const LayerMapCell &cell)
{
    std::optional<int> rank;
    for (const ChosenStep &chosen : document.choices().steps) {
        const Step &step = chosen.step;
        if (chosen.enabled && step.technique == "factorize.svd" && step.layers == cell.name &&
            step.has("rank"))
            rank = static_cast<int>(step.integer("rank"));
    }
    return rank;
}

SpectrumData spectrumData(const LayerSpectrum &spectrum)
{
    SpectrumData data;
    data.values = spectrum.values;
    data.breakEven = spectrum.breakEven;
    if (spectrum.bytes) {
        data.bytesWhole = spectrum.bytes->whole;
        data.bytesFixed = spectrum.bytes->fixed;
        data.bytesPerRank = spectrum.bytes->perRank;
    }
    return data;
}

QString errorText(const LayerOption &option, bool weights)
{
    switch (option.answer) {
    case LayerOption::Answer::Known:
        return QStringLiteral("%1 %").arg(numberText(100 * option.weightError, 1));
    case LayerOption::Answer::Computing:
        return weights ? QStringLiteral("…") : QString();
    default:
        return {};
    }
}

/// What shares weights is said by whose they are, and what several techniques call alike by the
/// technique.
QString titleOf(const LayerOption &option, const LayerMapCell &cell, const LayerOptions &all)
{
    const std::string technique = parsedStep(option.step).technique;
    if (technique == "share.layers" && cell.block > 0)
        return Words::tr("the weights of block %1").arg(cell.block - 1);
    const bool alike = std::ranges::any_of(all.options, [&](const LayerOption &other) {
        return other.title == option.title && parsedStep(other.step).technique != technique;
    });
    const TechniqueInfo *info = findTechnique(technique);
    return alike && info && option.answer != LayerOption::Answer::Known &&
                   option.answer != LayerOption::Answer::Computing
               ? QCoreApplication::translate("core", info->title)
               : optionTitle(checked(parsedStep(option.step)).text());
}

/// "−12 µs", "+1.5 ms"; "±0 µs": no difference could be measured.
QString timeText(double milliseconds)
{
    const double size = std::abs(milliseconds);
    const QString number = size < 1 ? QStringLiteral("%1\u202fµs").arg(numberText(1000 * size, 0))
                                    : QStringLiteral("%1\u202fms").arg(numberText(size, 1));
    const QChar sign(milliseconds < 0 ? 0x2212 : milliseconds > 0 ? '+' : 0xb1);
    return sign + number;
}

OptionRow rowOf(const LayerOption &option, bool weights)
{
    OptionRow row;
    row.step = QString::fromStdString(option.step);
    row.family = option.family;
    row.bytes =
        option.answer == LayerOption::Answer::Refused ? QString() : shortBytesText(option.bytes);
    row.error = errorText(option, weights);
    if (option.milliseconds)
        row.time = timeText(*option.milliseconds);
    if (option.reason)
        row.explanation = translated(*option.reason);
    if (!option.bytes && option.answer != LayerOption::Answer::Refused)
        row.explanation += (row.explanation.isEmpty() ? QString() : QStringLiteral(" ")) +
                           Words::tr("How many bytes it leaves is known after measuring.");
    return row;
}

enum class Group { Tried, NotTold, Data, Training, Refused };

Group groupOf(const LayerOption &option)
{
    switch (option.answer) {
    case LayerOption::Answer::NotTold:
        return Group::NotTold;
    case LayerOption::Answer::NeedsCalibration:
        return Group::Data;
    case LayerOption::Answer::NeedsTraining:
        return Group::Training;
    case LayerOption::Answer::Refused:
        return Group::Refused;
    default:
        return Group::Tried;
    }
}

QString titleOf(Group group, bool calibrated)
{
    switch (group) {
    case Group::Tried:
        return {};
    case Group::NotTold:
        return Words::tr("error known after measuring");
    case Group::Data:
        return calibrated ? Words::tr("look at data: error known after measuring")
                          : Words::tr("needs calibration data");
    case Group::Training:
        return Words::tr("learnt in training: add \"Recover by training\" as well");
    case Group::Refused:
        return Words::tr("not for this layer");
    }
    return {};
}

} // namespace

SpectrumPageData spectrumPage(const Document &document, const LayerMapCell &cell,
                              const Inspected &inspected)
{
    SpectrumPageData page;
    page.editable = inspected.editable;
    const std::optional<LayerSpectrum> &spectrum = inspected.seen.spectrum;
    if (!isMatrix(cell)) {
        page.note = Words::tr("The singular values of a matrix show here; this is a vector.");
    } else if (!document.model().weightsKnown) {
        page.note = noWeightsText();
    } else if (!spectrum || spectrum->name != cell.name) {
        page.note = Words::tr("Looking for the singular values …");
    } else {
        page.spectrum = spectrumData(*spectrum);
        if (inspected.editable) // else it is a finished run that is shown
            page.spectrum->rank = chosenRank(document, cell);
        page.note = Words::tr("Of the original matrix, without other steps. From rank %1 on, two "
                              "factors take as much as the matrix or more.")
                        .arg(numberText(std::ceil(spectrum->breakEven), 0));
    }
    return page;
}

MatrixPageData matrixPage(const Document &document, const LayerMapCell &cell,
                          const Inspected &inspected)
{
    MatrixPageData page;
    const LayerSeen &seen = inspected.seen;
    if (!isMatrix(cell)) {
        page.note = Words::tr("A matrix shows here as a picture; this is a vector.");
    } else if (!document.model().weightsKnown) {
        page.note = noWeightsText();
    } else if (seen.pictureName != cell.name || !seen.pictures) {
        page.note = Words::tr("Making the picture …");
    } else {
        page.pictures = seen.pictures;
        page.detail = seen.detail;
        if (seen.pictureUnknown)
            page.note = translated(*seen.pictureUnknown);
        else if (!seen.pictures->after)
            page.note = Words::tr("No step changes it: there is only a picture of the original.");
    }
    return page;
}

OptionsPageData optionsPage(const Document &document, const LayerMapCell &cell,
                            const Inspected &inspected)
{
    OptionsPageData page;
    const std::optional<LayerOptions> &options = inspected.seen.options;
    if (!options || options->name != cell.name) {
        page.note = Words::tr("Counting what each technique would leave …");
        return page;
    }
    if (options->options.empty()) {
        page.note = Words::tr("No technique acts on this layer: it keeps its values.");
        return page;
    }
    page.note =
        Words::tr("Each alone on the original, %1: bytes it leaves, its weight error, and "
                  "the time that it adds to an answer, as a sweep of the layers measured it "
                  "(\u2013: not measured). Click to add the step to the recipe.")
            .arg(bytesText(options->bytesBefore));
    const bool calibrated = !document.choices().calibrationPath.empty();
    for (const Group group :
         {Group::Tried, Group::NotTold, Group::Data, Group::Training, Group::Refused}) {
        OptionGroup shown{titleOf(group, calibrated), {}};
        for (const LayerOption &option : options->options) {
            if (groupOf(option) != group)
                continue;
            shown.rows.push_back(rowOf(option, document.model().weightsKnown));
            shown.rows.back().title = titleOf(option, cell, *options);
            shown.rows.back().enabled = inspected.editable && group != Group::Refused &&
                                        (group != Group::Data || calibrated);
        }
        if (!shown.rows.empty())
            page.groups.push_back(std::move(shown));
    }
    return page;
}

} // namespace pare
