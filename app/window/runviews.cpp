#include "app/window/runviews.h"

#include "app/window/viewvalues.h"
#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>
#include <map>

namespace pare {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(pare::RunDocks)
};

constexpr qsizetype longestBlame = 3; // layers that are named

QString counted(std::size_t number)
{
    return QLocale(QLocale::English).toString(static_cast<qulonglong>(number));
}

QString percent(double share, int digits = 1)
{
    return QString::number(100 * share, 'f', digits);
}

QString labelName(const std::vector<std::string> &labels, std::int32_t label)
{
    return QString::fromStdString(labels.at(static_cast<std::size_t>(label)));
}

QString sliceName(const RunFlips &flips, const Slice &slice)
{
    switch (slice.kind) {
    case SliceKind::Label:
        return Words::tr("\"%1\"").arg(labelName(flips.labels, slice.label));
    case SliceKind::Words:
        return slice.low == slice.high
                   ? Words::tr("texts of %1 words").arg(slice.low)
                   : Words::tr("texts of %1 to %2 words").arg(slice.low).arg(slice.high);
    case SliceKind::RareWords:
        return Words::tr("texts with %1 to %2 % rare words")
            .arg(percent(slice.low, 0), percent(slice.high, 0));
    case SliceKind::All:
        break;
    }
    return Words::tr("all");
}

/// A share of right answers outside of a part.
double ofTheRest(const Interval &all, const Interval &part)
{
    const auto rest = static_cast<double>(all.n - part.n);
    const double right =
        all.value * static_cast<double>(all.n) - part.value * static_cast<double>(part.n);
    return rest > 0 ? right / rest : 0;
}

QString warningText(const RunFlips &flips, const SliceReport &part)
{
    return Words::tr(
               "The mean hides a part: %1 fell from %2 % to %3 % right, the rest from %4 % to "
               "%5 %.")
        .arg(sliceName(flips, part.slice), percent(part.originalAccuracy.value),
             percent(part.accuracy.value),
             percent(ofTheRest(flips.all.originalAccuracy, part.originalAccuracy)),
             percent(ofTheRest(flips.all.accuracy, part.accuracy)));
}

QStringList kindNames()
{
    return {Words::tr("Better"), Words::tr("Worse"), Words::tr("Wrong either way")};
}

TableCell sureCell(double confidence)
{
    return {percent(confidence, 0), confidence, {}};
}

std::vector<TableColumn> flipColumns()
{
    using enum TableColumn::Kind;
    return {{Words::tr("Text"),
             Words::tr("Until a head is clicked, those first that the original was surest of"),
             Text},
            {Words::tr("Correct"), Words::tr("The label in the data"), Text},
            {Words::tr("Before"), Words::tr("What the original answers"), Text},
            {Words::tr("Now"), Words::tr("What this run answers"), Text},
            {Words::tr("%, before"), Words::tr("The probability the original gives its answer")},
            {Words::tr("%, now"), Words::tr("The probability this run gives its answer")},
            {Words::tr("Became"), {}, Text},
            {Words::tr("Row"), Words::tr("Of the data, from 0")}};
}

void addBlame(ChangedAnswer &answer, const RunBlame &blame)
{
    const auto found = std::ranges::find(blame.answers, answer.example, &RunBlame::Answer::example);
    if (found == blame.answers.end())
        return;
    QStringList parts;
    QStringList helpful;
    for (const BlamedLayer &layer : found->layers) {
        const QString name = QString::fromStdString(layer.layer);
        if (layer.restores)
            answer.layers << name;
        if (layer.gain <= 0 || parts.size() == longestBlame)
            continue;
        helpful << name;
        parts << Words::tr("%1 (+%2)").arg(name).arg(layer.gain, 0, 'f', 2);
    }
    if (!answer.layers.isEmpty()) {
        answer.blame = Words::tr("Put back as it was, each of these alone brings the old answer "
                                 "back: %1.")
                           .arg(answer.layers.join(QStringLiteral(", ")));
        return;
    }
    answer.layers = helpful;
    answer.blame = parts.isEmpty()
                       ? Words::tr("No layer alone did it: none, put back as it was, moves the "
                                   "answer towards the old one.")
                       : Words::tr("No layer alone did it; most of all these, in logits that the "
                                   "old answer gains: %1.")
                             .arg(parts.join(QStringLiteral(", ")));
}

/// Why no layer can be blamed for what a run changed; empty: each can be asked.
QString blameObstacle(const Run &run)
{
    if (run.training || run.distillation)
        return Words::tr("The run was trained: its layers cannot be put back one by one.");
    const std::vector<Family> families = familiesOf(run);
    if (std::ranges::find(families, Family::Structure) != families.end())
        return Words::tr("The run takes heads, units, blocks or tokens away: the original's layers "
                         "do not fit in it.");
    return {};
}

QString runNumber(std::size_t index)
{
    return QString(QChar(static_cast<char16_t>(u'A' + index)));
}

TableCell errorCell(const LayerRecord *layer)
{
    if (!layer || std::isnan(layer->weightError))
        return {QStringLiteral("–"), -1.0, {}};
    return {percent(layer->weightError), layer->weightError,
            layer->outputError
                ? Words::tr("error of its outputs: %1 %").arg(percent(*layer->outputError))
                : QString()};
}

TableCell bytesCell(const LayerRecord *layer)
{
    if (!layer)
        return {QStringLiteral("–"), -1.0, Words::tr("The run removes this layer")};
    const auto bytes = static_cast<double>(layer->bytes);
    return {
        QString::number(bytes / 1e3, 'f', 1), bytes,
        layer->sharedWith.empty()
            ? QString::fromStdString(layer->storage)
            : Words::tr("shares the weight of %1").arg(QString::fromStdString(layer->sharedWith))};
}

TableCell bitsCell(const LayerRecord *layer)
{
    if (!layer || layer->bitsPerWeight <= 0)
        return {QStringLiteral("–"), -1.0, {}};
    return {QString::number(layer->bitsPerWeight, 'f', 2), layer->bitsPerWeight, {}};
}

TableCell differenceCell(const LayerRecord *one, const LayerRecord *other)
{
    const double difference = (other ? static_cast<double>(other->bytes) : 0) -
                              (one ? static_cast<double>(one->bytes) : 0);
    if (difference == 0)
        return {QStringLiteral("0"), 0.0, {}};
    return {(difference > 0 ? QStringLiteral("+") : QStringLiteral("−")) +
                QString::number(std::abs(difference) / 1e3, 'f', 1),
            difference,
            {}};
}

/// Every layer that one of the runs has, in the order of the first.
std::vector<std::string> layerNames(const std::vector<Run> &runs)
{
    std::vector<std::string> names;
    for (const Run &run : runs) {
        for (const LayerRecord &layer : run.layers) {
            if (std::ranges::find(names, layer.name) == names.end())
                names.push_back(layer.name);
        }
    }
    return names;
}

std::vector<TableColumn> layerColumns(std::size_t runs)
{
    std::vector<TableColumn> columns{{Words::tr("Layer"), {}, TableColumn::Kind::Text}};
    const auto add = [&](const QString &title, const QString &help) {
        for (std::size_t i = 0; i < runs; ++i)
            columns.push_back({title.arg(runNumber(i)), help.arg(runNumber(i))});
    };
    add(Words::tr("kB %1"), Words::tr("Bytes of the layer in run %1, thousands"));
    if (runs == 2)
        columns.push_back({Words::tr("B − A"), Words::tr("Bytes in B less those in A, thousands")});
    add(Words::tr("error %1, %"),
        Words::tr("How far the layer's weight in run %1 is from the original's, % of its norm"));
    add(Words::tr("bits %1"), Words::tr("Bits stored for each number in run %1"));
    return columns;
}

void addLayers(CompareData &data, const std::vector<Run> &runs)
{
    data.layers.columns = layerColumns(runs.size());
    for (const std::string &name : layerNames(runs)) {
        std::vector<const LayerRecord *> layers;
        for (const Run &run : runs) {
            const auto found = std::ranges::find(run.layers, name, &LayerRecord::name);
            layers.push_back(found == run.layers.end() ? nullptr : &*found);
        }
        data.layerNames << QString::fromStdString(name);
        std::vector<TableCell> row{{data.layerNames.back(), {}, {}}};
        std::ranges::transform(layers, std::back_inserter(row), bytesCell);
        if (layers.size() == 2)
            row.push_back(differenceCell(layers[0], layers[1]));
        std::ranges::transform(layers, std::back_inserter(row), errorCell);
        std::ranges::transform(layers, std::back_inserter(row), bitsCell);
        data.layers.rows.push_back(std::move(row));
    }
}

void addAnswers(CompareData &data, const RunComparison &comparison)
{
    using enum TableColumn::Kind;
    data.answers.columns = {{Words::tr("Text"), {}, Text},
                            {Words::tr("Correct"), Words::tr("The label in the data"), Text}};
    for (std::size_t i = 0; i < comparison.runs.size(); ++i) {
        data.answers.columns.push_back(
            {runNumber(i), Words::tr("What run %1 answers").arg(runNumber(i)), Text});
        data.answers.columns.push_back(
            {Words::tr("sure, %"),
             Words::tr("The probability run %1 gives its answer, %").arg(runNumber(i))});
    }
    data.answers.columns.push_back({Words::tr("Row"), Words::tr("Of the data, from 0")});
    for (const RunComparison::Difference &difference : comparison.differences) {
        const QString text = QString::fromStdString(difference.text);
        std::vector<TableCell> row{{text.simplified(), {}, text},
                                   {labelName(comparison.labels, difference.gold), {}, {}}};
        for (const RunComparison::Answer &answer : difference.answers) {
            const bool right = answer.label == difference.gold;
            row.push_back({labelName(comparison.labels, answer.label) +
                               (right ? QStringLiteral(" ✓") : QString()),
                           {},
                           right ? Words::tr("right") : Words::tr("wrong")});
            row.push_back(sureCell(answer.confidence));
        }
        row.push_back(
            {QString::number(difference.example), static_cast<qulonglong>(difference.example), {}});
        data.answers.rows.push_back(std::move(row));
    }
    data.answersTitle =
        comparison.differences.size() == 1
            ? Words::tr("1 answer differs")
            : Words::tr("%1 answers differ").arg(counted(comparison.differences.size()));
}

/// "+1.4", "−0.3"
QString points(double difference)
{
    return QString::asprintf("%+.1f", 100 * difference).replace('-', QStringLiteral("−"));
}

QString verdictOf(const Comparison &comparison)
{
    const QString p = comparison.corrected < 0.001
                          ? Words::tr("p < 0.001")
                          : Words::tr("p = %1").arg(comparison.corrected, 0, 'f', 3);
    return Words::tr(
               "against A: %1 (%2 points, %3 to %4; right here alone: %5, in A alone: %6; %7)")
        .arg(translated(verdictText(comparison)), points(comparison.difference.value),
             points(comparison.difference.low), points(comparison.difference.high))
        .arg(comparison.pairs.onlyOther)
        .arg(comparison.pairs.onlyReference)
        .arg(p);
}

} // namespace

AnswersData answersPlaceholder(const QString &text)
{
    AnswersData data;
    data.placeholder = text;
    return data;
}

AnswersData answersData(const Run &run, const RunFlips &flips, const RunBlame *blame)
{
    const QString name = QString::fromStdString(shortName(run));
    if (flips.error)
        return answersPlaceholder(translated(*flips.error));
    if (flips.flips.empty())
        return answersPlaceholder(
            Words::tr("%1 answers all %2 examples as the original does.")
                .arg(name, counted(static_cast<std::size_t>(flips.all.accuracy.n))));
    AnswersData data;
    const FlipCounts counts = counted(flips.flips);
    data.summary = Words::tr("%1: %2 of %3 answers changed, %4 better, %5 worse, %6 wrong either "
                             "way.")
                       .arg(name, counted(flips.flips.size()),
                            counted(static_cast<std::size_t>(flips.all.accuracy.n)))
                       .arg(counts.better)
                       .arg(counts.worse)
                       .arg(counts.otherwiseWrong);
    QStringList parts;
    for (const SliceReport &part : flips.collapsed) {
        data.warnings << warningText(flips, part);
        parts << Words::tr("%1 (%2 → %3 % right)")
                     .arg(sliceName(flips, part.slice), percent(part.originalAccuracy.value),
                          percent(part.accuracy.value));
    }
    if (!parts.isEmpty())
        data.warning = Words::tr("The mean hides: %1").arg(parts.join(QStringLiteral(", ")));
    if (flips.withoutTexts)
        data.warning +=
            (parts.isEmpty() ? QString() : QStringLiteral("\n")) + translated(*flips.withoutTexts);
    data.kinds = kindNames();
    data.cannotBlame = blameObstacle(run);
    data.table.columns = flipColumns();
    for (std::size_t i = 0; i < flips.flips.size(); ++i) {
        const Flip &flip = flips.flips[i];
        ChangedAnswer answer;
        answer.example = flip.example;
        answer.text = i < flips.texts.size() ? QString::fromStdString(flips.texts[i]) : QString();
        const QString gold = labelName(flips.labels, flip.gold);
        const QString before = labelName(flips.labels, flip.original);
        const QString now = labelName(flips.labels, flip.now);
        answer.answers =
            Words::tr("Correct: %1. Before: %2, %3 % sure. Now: %4, %5 % sure.")
                .arg(gold, before, percent(flip.originalConfidence), now, percent(flip.confidence));
        if (blame)
            addBlame(answer, *blame);
        const auto kind = static_cast<int>(flip.kind);
        data.table.groups.push_back(kind);
        data.table.rows.push_back(
            {{answer.text.simplified(), {}, {}},
             {gold, {}, {}},
             {before, {}, {}},
             {now, {}, {}},
             sureCell(flip.originalConfidence),
             sureCell(flip.confidence),
             {data.kinds.at(kind).toLower(), {}, {}},
             {QString::number(flip.example), static_cast<qulonglong>(flip.example), {}}});
        data.answers.push_back(std::move(answer));
    }
    return data;
}

CompareData compareData(const std::vector<Run> &runs, const RunComparison *comparison)
{
    CompareData data;
    const bool known = comparison && !comparison->error;
    for (std::size_t i = 0; i < runs.size(); ++i) {
        ComparedRun run;
        run.number = runNumber(i);
        run.title = QString::fromStdString(shortName(runs[i]));
        run.figures = bytesText(runs[i].measured.bytes);
        if (known)
            run.figures += QStringLiteral(" · ") + shareText(comparison->accuracies[i]);
        if (known && i > 0)
            run.verdict = verdictOf(comparison->comparisons[i - 1]);
        data.runs.push_back(std::move(run));
    }
    addLayers(data, runs);
    if (!comparison)
        data.state = Words::tr("Comparing their answers …");
    else if (comparison->error)
        data.state = translated(*comparison->error);
    else
        addAnswers(data, *comparison);
    if (known && comparison->withoutTexts)
        data.withoutTexts = translated(*comparison->withoutTexts);
    return data;
}

} // namespace pare
