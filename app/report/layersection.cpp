#include "app/report/runnotes.h"
#include "app/report/sections.h"
#include "core/compression/factorize/svdrank.h"
#include "widgets/theme/words.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace pare {

namespace {

const QString noValue = QStringLiteral("–");

/// The layers of a run are those of its model, as the map has them; a student has its own.
bool canBeMapped(const ReportGroup &group, const Run &run)
{
    return group.model && !run.layers.empty() && !run.distillation &&
           std::ranges::all_of(run.layers, [&](const LayerRecord &record) {
               return group.model->find(record.name) != nullptr;
           });
}

/// What a step that asked for a share of the weights came to; of a layer that lost heads or units
/// before, its own shape does not tell.
std::optional<std::int64_t> rankOf(const Layer &layer, const LayerRecord &record)
{
    std::optional<std::int64_t> rank;
    for (const Step &step : record.settings) {
        const TechniqueInfo *technique = findTechnique(step.technique);
        if (technique && technique->family == Family::Structure)
            return std::nullopt;
        if (technique && technique->family == Family::LowRank &&
            step.technique != "factorize.kronecker" && step.settings.contains("keep"))
            rank = svdRank(step, layer);
    }
    return rank;
}

LayerMapData mapOf(const ModelDescription &model, const Run &run)
{
    std::map<std::string, LayerState> states;
    for (const LayerRecord &record : run.layers)
        states[record.name] = stateOf(record, rankOf(*model.find(record.name), record));
    LayerMapData data = layerMapData(model, states);
    data.shown.title = ReportWords::tr("weight error");
    data.shown.unit = QStringLiteral("%");
    return data;
}

QString doneTo(const LayerRecord &record)
{
    QStringList parts;
    for (const Step &step : record.settings)
        parts << translatedName(Step{step.technique, step.settings, {}});
    if (record.settings.empty()) {
        for (const std::string &step : record.steps)
            parts << QString::fromStdString(step);
    }
    if (!record.sharedWith.empty())
        parts << ReportWords::tr("uses the weights of %1")
                     .arg(QString::fromStdString(record.sharedWith));
    return parts.join(QStringLiteral(" + "));
}

bool isTouched(const LayerRecord &record)
{
    return !record.steps.empty() || !record.sharedWith.empty();
}

QString errorText(double error, const ReportNumbers &numbers)
{
    return std::isfinite(error) ? numbers.percent(error) : noValue;
}

ReportRow layerRow(const ReportGroup &group, const LayerRecord &record,
                   const ReportNumbers &numbers)
{
    const Layer *before = group.model ? group.model->find(record.name) : nullptr;
    ReportRow row;
    row.cells = {{{}, {QString::fromStdString(record.name)}},
                 {doneTo(record)},
                 {before ? numbers.bytes(before->bytes) : QString()},
                 {numbers.bytes(record.bytes)},
                 {record.bitsPerWeight > 0 ? numbers.number(record.bitsPerWeight, 2) : noValue},
                 {errorText(record.weightError, numbers)},
                 {record.outputError ? errorText(*record.outputError, numbers) : noValue}};
    return row;
}

/// Columns that say nothing in any row.
void dropEmptyColumns(ReportTable &table)
{
    for (std::size_t column = table.columns.size(); column-- > 0;) {
        const bool empty = std::ranges::all_of(table.rows, [&](const ReportRow &row) {
            const ReportCell &cell = row.cells[column];
            return cell.code.empty() && (cell.text.isEmpty() || cell.text == noValue);
        });
        if (!empty)
            continue;
        const auto place = static_cast<std::ptrdiff_t>(column);
        table.columns.erase(table.columns.begin() + place);
        for (ReportRow &row : table.rows)
            row.cells.erase(row.cells.begin() + place);
    }
}

QString untouchedSentence(const Run &run, const ReportNumbers &numbers)
{
    std::int64_t layers = 0;
    std::int64_t bytes = 0;
    for (const LayerRecord &record : run.layers) {
        if (isTouched(record))
            continue;
        ++layers;
        bytes += record.bytes;
    }
    return layers == 0
               ? QString()
               : ReportWords::tr("No step touched the other layers (%1 of %2); they take %3.")
                     .arg(numbers.count(layers),
                          numbers.count(static_cast<std::int64_t>(run.layers.size())),
                          numbers.bytes(bytes));
}

} // namespace

ReportBlocks mapBlocks(const ReportGroup &group)
{
    const Run &run = group.chosenRun().run;
    if (run.distillation)
        return {ReportParagraph{
            ReportWords::tr("There is no map of this run: a student has layers of its own."),
            ParagraphTone::Quiet}};
    if (!canBeMapped(group, run))
        return {ReportParagraph{
            group.model
                ? ReportWords::tr("There is no map of this run: nothing is known of its layers.")
                : ReportWords::tr("There is no map of this run: %1")
                      .arg(inWords(group.withoutModel)),
            ParagraphTone::Quiet}};
    return {ReportPicture{
        mapOf(*group.model, run),
        ReportWords::tr(
            "The layers of %1 after %2, in the order in which data flows. A wider cell is a "
            "larger layer, its filled part is what is left of it; colour is the weight error, "
            "‖W−Ŵ‖ as a share of ‖W‖.")
            .arg(shortPath(run.modelPath), nameOf(run))}};
}

ReportBlocks recipeBlocks(const ReportGroup &group, const ReportNumbers &numbers,
                          std::size_t mostRows)
{
    const Run &run = group.chosenRun().run;
    ReportBlocks blocks;
    QStringList steps;
    for (const Step &step : allSteps(run))
        steps << QString::fromStdString(step.text());
    if (steps.empty())
        return {ReportParagraph{ReportWords::tr("It has no steps.")}};
    blocks.push_back(ReportParagraph{
        ReportWords::tr("The steps of “%1”, the run that this report tells in full:")
            .arg(nameOf(run))});
    blocks.push_back(ReportCode{steps.join('\n')});
    for (const std::string &note : run.notes)
        blocks.push_back(ReportParagraph{noteInWords(note), ParagraphTone::Quiet});
    ReportTable table;
    table.columns = {{ReportWords::tr("layer"), ColumnKind::Code},
                     {ReportWords::tr("what was done"), ColumnKind::Words},
                     {ReportWords::tr("bytes before")},
                     {ReportWords::tr("after")},
                     {ReportWords::tr("bits a weight")},
                     {ReportWords::tr("weight error")},
                     {ReportWords::tr("output error")}};
    std::int64_t touched = 0;
    for (const LayerRecord &record : run.layers) {
        if (!isTouched(record))
            continue;
        if (table.rows.size() < mostRows)
            table.rows.push_back(layerRow(group, record, numbers));
        ++touched;
    }
    if (table.rows.empty())
        return blocks;
    dropEmptyColumns(table);
    blocks.push_back(std::move(table));
    QStringList more;
    if (touched > static_cast<std::int64_t>(mostRows))
        more << ReportWords::tr("These are the first %1 of %2 layers; the CSV has all.")
                    .arg(numbers.count(static_cast<std::int64_t>(mostRows)),
                         numbers.count(touched));
    if (const QString untouched = untouchedSentence(run, numbers); !untouched.isEmpty())
        more << untouched;
    if (!more.empty())
        blocks.push_back(ReportParagraph{more.join(' '), ParagraphTone::Quiet});
    return blocks;
}

} // namespace pare
