#include "app/report/sections.h"

#include "core/model/training.h"

#include <algorithm>
#include <set>

namespace pare {

namespace {

QString fromView(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Ids of all techniques and ways of training that some run used.
std::set<std::string> usedTechniques(const ReportFacts &facts)
{
    std::set<std::string> used;
    for (const Run &run : facts.runs()) {
        for (const Step &step : allSteps(run)) {
            used.insert(step.technique);
            if (const auto method = step.settings.find("method"); method != step.settings.end())
                used.insert(method->second);
        }
    }
    return used;
}

ReportReference referenceOf(const TechniqueInfo &info)
{
    return {translatedTerm(info.title),
            translatedTerm(info.summary),
            fromView(info.reference),
            {fromView(info.id)}};
}

ReportReferences techniquesOf(const ReportFacts &facts)
{
    const std::set<std::string> used = usedTechniques(facts);
    ReportReferences references;
    const auto add = [&](const TechniqueInfo &info) {
        if (used.contains(std::string(info.id)))
            references.entries.push_back(referenceOf(info));
    };
    std::ranges::for_each(techniqueTable(), add);
    add(recoverInfo());
    std::ranges::for_each(distillationTable(), add);
    return references;
}

/// How the figures of every report came about.
ReportReferences measuringOf()
{
    ReportReferences references;
    const auto add = [&](const QString &name, const QString &text, const char *paper) {
        references.entries.push_back({name, text, QString::fromUtf8(paper), {}});
    };
    add(ReportWords::tr("Size"),
        ReportWords::tr(
            "The byte count of the model file that export writes for this run, with all that "
            "is needed to read it. 1 MB is 10⁶ bytes."),
        "");
    add(ReportWords::tr("Share of right answers"),
        ReportWords::tr("Of all examples, with the 95 % score interval of a proportion."),
        "Wilson 1927");
    add(ReportWords::tr("Differences and verdicts"),
        ReportWords::tr(
            "The run and the original answer the same examples: exact McNemar test on those "
            "that only one of them answers rightly, corrected for the number of runs; the "
            "interval is that of the paired bootstrap, or a score interval where few "
            "answers differ."),
        "McNemar 1947; Holm 1979; Efron 1979; Tango 1998");
    add(ReportWords::tr("Collapsed slices"),
        ReportWords::tr(
            "More of the original's right answers were lost in the slice than chance puts "
            "there (exact test, corrected for the number of slices), and the accuracy fell "
            "by at least five points and twice as much as that of the rest."),
        "Fisher 1922; Holm 1979");
    add(ReportWords::tr("Same answer"),
        ReportWords::tr(
            "The share of examples that get the label the original gives them (loyalty)."),
        "Xu et al. 2021, arXiv 2109.03228");
    add(ReportWords::tr("One answer"),
        ReportWords::tr(
            "Milliseconds for one example at a time, warm, the median; measured with the "
            "kernels and threads named below, on that machine."),
        "");
    return references;
}

/// Distinct values of all runs, in the order in which they come first.
template <class Value>
QStringList distinct(const ReportGroup &group, Value value)
{
    QStringList values;
    for (const RunFacts &facts : group.runs) {
        if (const QString text = value(facts.run); !text.isEmpty() && !values.contains(text))
            values << text;
    }
    return values;
}

QString versionTitle(const std::string &key)
{
    if (key == "machine")
        return ReportWords::tr("machine");
    if (key == "kernels")
        return ReportWords::tr("kernels");
    if (key == "format")
        return ReportWords::tr("file format");
    return QString::fromStdString(key);
}

} // namespace

ReportBlocks methodBlocks(const ReportFacts &facts)
{
    ReportBlocks blocks;
    if (ReportReferences techniques = techniquesOf(facts); !techniques.entries.empty())
        blocks.push_back(std::move(techniques));
    blocks.push_back(
        ReportParagraph{ReportWords::tr("What the figures are and how they were measured:")});
    blocks.push_back(measuringOf());
    return blocks;
}

ReportBlocks originBlocks(const ReportGroup &group, const ReportNumbers &numbers)
{
    ReportTable table;
    table.columns = {{ReportWords::tr("what"), ColumnKind::Words},
                     {ReportWords::tr("value"), ColumnKind::Code}};
    const auto add = [&](const QString &name, const QStringList &values) {
        if (!values.empty())
            table.rows.push_back({{{name}, {{}, values}}});
    };
    const auto text = [](const std::string &value) { return QString::fromStdString(value); };
    add(ReportWords::tr("model"),
        distinct(group, [&](const Run &run) { return text(run.modelPath); }));
    add(ReportWords::tr("hash of its weights and tokenizer"), {text(group.first().modelHash)});
    add(ReportWords::tr("data"),
        distinct(group, [&](const Run &run) { return text(run.dataPath); }));
    add(ReportWords::tr("hash of the data"), {text(group.first().dataHash)});
    add(ReportWords::tr("examples"), {numbers.count(group.first().examples)});
    const auto file = [&](const std::string &path, const std::string &hash) {
        return path.empty() ? QString() : text(path) + "  " + text(hash);
    };
    add(ReportWords::tr("calibration data"), distinct(group, [&](const Run &run) {
            return file(run.calibrationPath, run.calibrationHash);
        }));
    add(ReportWords::tr("development data"),
        distinct(group, [&](const Run &run) { return file(run.devPath, run.devHash); }));
    add(ReportWords::tr("training data"),
        distinct(group, [&](const Run &run) { return file(run.trainPath, run.trainHash); }));
    add(ReportWords::tr("seed"),
        distinct(group, [](const Run &run) { return QString::number(run.seed); }));
    add(ReportWords::tr("threads"),
        distinct(group, [](const Run &run) { return QString::number(run.threads); }));
    add(ReportWords::tr("tokens measured at once"), distinct(group, [](const Run &run) {
            return run.batchTokens > 0 ? QString::number(run.batchTokens) : QString();
        }));
    std::set<std::string> keys;
    for (const RunFacts &facts : group.runs) {
        for (const auto &[key, version] : facts.run.versions)
            keys.insert(key);
    }
    for (const std::string &key : keys)
        add(versionTitle(key), distinct(group, [&](const Run &run) {
                const auto found = run.versions.find(key);
                return found == run.versions.end() ? QString() : text(found->second);
            }));
    add(ReportWords::tr("hash of the weights that the chosen run measured"),
        {text(group.chosenRun().run.weightHash)});
    return {std::move(table)};
}

} // namespace pare
