#include "app/report/htmlreport.h"

#include "app/report/pictures.h"
#include "core/base/numbers.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

namespace pare {

namespace {

constexpr double onePoint = 1.0;

constexpr const char *style = R"(
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Noto Sans", "DejaVu Sans", sans-serif; color: #1d2127; background: #f4f5f7; margin: 0; }
main { max-width: 1200px; margin: 0 auto; padding: 32px 24px 64px; }
h1 { font-size: 26px; margin: 0 0 4px; }
h2 { font-size: 18px; margin: 40px 0 12px; }
p.under { color: #5b636e; }
section.figures { display: flex; gap: 16px; flex-wrap: wrap; margin: 24px 0; }
section.figures div { background: #fff; border: 1px solid #d9dce1; border-radius: 6px; padding: 12px 16px; flex: 1 1 200px; }
section.figures b { display: block; font-size: 26px; font-variant-numeric: tabular-nums; }
figure { margin: 0; background: #fff; border: 1px solid #d9dce1; border-radius: 6px; padding: 8px; }
figure svg { width: 100%; height: auto; display: block; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; background: #fff; border: 1px solid #d9dce1; font-variant-numeric: tabular-nums; }
th, td { padding: 6px 10px; border-bottom: 1px solid #eef0f3; text-align: right; white-space: nowrap; }
th { font-weight: 600; color: #5b636e; }
th:first-child, td:first-child { text-align: left; white-space: normal; min-width: 380px; }
tr.original td { background: #eef0f3; }
tr.best td { background: #e3eff7; }
code { font: 13px/1.5 ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
pre { background: #fff; border: 1px solid #d9dce1; border-radius: 6px; padding: 12px 16px; overflow-x: auto; }
@media print { body { background: #fff; } h2 { break-after: avoid; } figure, tr { break-inside: avoid; } }
)";

QString tr(const char *text)
{
    return QCoreApplication::translate("pare", text);
}

QString escaped(const std::string &text)
{
    return QString::fromStdString(text).toHtmlEscaped();
}

QString number(double value, int decimals)
{
    return QLocale::c().toString(value, 'f', decimals);
}

const Interval &primary(const Measurement &measured, const Run &run)
{
    return measured.metrics.at(run.primaryMetric);
}

QString size(std::int64_t bytes)
{
    return escaped(formatBytes(bytes));
}

QString percent(const Interval &interval)
{
    return tr("%1 % (%2 to %3)")
        .arg(number(100 * interval.value, 2), number(100 * interval.low, 2),
             number(100 * interval.high, 2));
}

QString figure(const QString &name, const QString &value, const QString &below)
{
    return QString("<div>%1<b>%2</b>%3</div>\n").arg(name, value, below);
}

QString summary(const std::vector<Run> &runs)
{
    const Run &first = runs.front();
    const Interval &original = primary(first.baseline, first);
    QString text =
        tr("The original takes %1 and answers %2 of %3 examples correctly. ")
            .arg(size(first.baseline.bytes), tr("%1 %").arg(number(100 * original.value, 2)),
                 QString::number(original.n));
    if (const Run *best = smallestWithin(runs, onePoint);
        best && best->measured.bytes < best->baseline.bytes) {
        text += tr("The smallest file that loses at most one point is %1, %2 % of the original, "
                   "with %3: %4.")
                    .arg(size(best->measured.bytes),
                         number(100.0 * static_cast<double>(best->measured.bytes) /
                                    static_cast<double>(best->baseline.bytes),
                                1),
                         percent(primary(best->measured, *best)), escaped(shortName(best->recipe)));
    } else {
        text += tr("No recipe kept within one point of it.");
    }
    return "<p>" + text + "</p>\n";
}

QString figures(const std::vector<Run> &runs)
{
    const Run &first = runs.front();
    const Run *best = smallestWithin(runs, onePoint);
    const Run &shown = best ? *best : first;
    const double share =
        static_cast<double>(shown.measured.bytes) / static_cast<double>(shown.baseline.bytes);
    return "<section class=\"figures\">\n" +
           figure(tr("Exported file"), size(shown.measured.bytes),
                  tr("%1 % of %2").arg(number(100 * share, 1), size(shown.baseline.bytes))) +
           figure(tr("Accuracy"),
                  tr("%1 %").arg(number(100 * primary(shown.measured, shown).value, 2)),
                  tr("was %1").arg(percent(primary(shown.baseline, shown)))) +
           figure(tr("One answer"), tr("%1 ms").arg(number(shown.measured.latencyMs.median, 2)),
                  tr("was %1 ms, %2 threads")
                      .arg(number(shown.baseline.latencyMs.median, 2))
                      .arg(shown.threads)) +
           figure(tr("Same answer as the original"),
                  tr("%1 %").arg(number(100 * shown.labelLoyalty.value, 2)),
                  tr("of %1 examples").arg(shown.examples)) +
           "</section>\n";
}

QString cell(const QString &text)
{
    return "<td>" + text + "</td>";
}

QString row(const Run &run, const Run *best)
{
    const QString kind = isOriginal(run) ? " class=\"original\""
                         : &run == best           ? " class=\"best\""
                                                  : "";
    QString steps;
    for (const Step &step : allSteps(run))
        steps += "<br><code>" + escaped(step.text()) + "</code>";
    const double share =
        static_cast<double>(run.measured.bytes) / static_cast<double>(run.baseline.bytes);
    return "<tr" + kind + ">" + cell(escaped(shortName(run)) + steps) +
           cell(size(run.measured.bytes)) + cell(tr("%1 %").arg(number(100 * share, 1))) +
           cell(percent(primary(run.measured, run))) +
           cell(tr("%1 %").arg(number(100 * run.labelLoyalty.value, 2))) +
           cell(number(run.measured.latencyMs.median, 2)) +
           cell(QLocale(QLocale::English).toString(qlonglong(run.measured.parameters))) +
           "<td><code>" + escaped(run.id) + "</code></td></tr>\n";
}

QString table(const std::vector<Run> &runs)
{
    std::vector<const Run *> sorted;
    for (const Run &run : runs)
        sorted.push_back(&run);
    std::ranges::stable_sort(sorted, {}, [](const Run *run) { return run->measured.bytes; });
    const Run *best = smallestWithin(runs, onePoint);
    QString text = "<div class=\"wide\"><table>\n<thead><tr>";
    for (const QString &head :
         {tr("Recipe"), tr("File"), tr("of the original"), tr("Accuracy (95 %)"), tr("Same answer"),
          tr("One answer, ms"), tr("Parameters"), tr("Run")})
        text += "<th>" + head + "</th>";
    text += "</tr></thead>\n<tbody>\n";
    for (const Run *run : sorted)
        text += row(*run, best);
    return text + "</tbody></table></div>\n";
}

QString quoted(const std::string &argument)
{
    QString text = QString::fromStdString(argument);
    return ("'" + text.replace("'", "'\\''") + "'").toHtmlEscaped();
}

/// The command of a student, without the steps that made it.
QString distillation(const Run &run)
{
    const Distillation &taught = *run.distillation;
    QString command = QString("pare distill --teacher %1").arg(quoted(run.modelPath));
    const auto add = [&](const char *option, const std::string &value) {
        if (!value.empty())
            command += QString(" \\\n    --%1 %2").arg(option, quoted(value));
    };
    add("student", taught.studentPath);
    add("method", taught.method.text());
    add("layer-map", taught.layerMap);
    add("data", run.trainPath);
    add("corpus", taught.corpusPath);
    add("dev", run.devPath);
    add("test", run.dataPath);
    for (const auto &[option, value] : taught.options)
        add(option.c_str(), value);
    add("output", "STUDENT");
    return command;
}

QString reproduction(const Run &run)
{
    QString command = run.distillation ? distillation(run)
                                       : QString("pare run %1 --data %2")
                                             .arg(quoted(run.modelPath), quoted(run.dataPath));
    for (const Step &step : run.recipe.allSteps())
        command += " \\\n    --step " + quoted(step.text());
    if (run.training && !run.distillation)
        command += " \\\n    --train " + quoted(run.trainPath);
    command += QString(" \\\n    --threads %1 --seed %2").arg(run.threads).arg(run.seed);
    QString versions;
    for (const auto &[name, version] : run.versions)
        versions += QString("<tr><td>%1</td><td style=\"text-align:left\">%2</td></tr>\n")
                        .arg(escaped(name), escaped(version));
    versions += QString("<tr><td>%1</td><td style=\"text-align:left\"><code>%2</code></td></tr>\n")
                    .arg(tr("model"), escaped(run.modelHash));
    versions += QString("<tr><td>%1</td><td style=\"text-align:left\"><code>%2</code></td></tr>\n")
                    .arg(tr("data"), escaped(run.dataHash));
    return "<pre><code>" + command + "</code></pre>\n<table><tbody>\n" + versions +
           "</tbody></table>\n";
}

} // namespace

const Run *smallestWithin(const std::vector<Run> &runs, double points)
{
    const Run *best = nullptr;
    for (const Run &run : runs) {
        const double loss =
            100 * (primary(run.baseline, run).value - primary(run.measured, run).value);
        if (loss <= points && (!best || run.measured.bytes < best->measured.bytes))
            best = &run;
    }
    return best;
}

QByteArray htmlReport(const ReportContent &content)
{
    const std::vector<Run> &runs = content.runs;
    const Run *best = smallestWithin(runs, onePoint);
    const Run &shown = best ? *best : runs.front();
    const QString title = content.title.toHtmlEscaped();
    const QString caption = tr("%1 examples of %2; bars are 95 % intervals")
                                .arg(runs.front().examples)
                                .arg(escaped(runs.front().dataPath));
    QString text =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
        title + "</title>\n<style>" + style + "</style>\n</head>\n<body>\n<main>\n";
    text += "<h1>" + title + "</h1>\n<p class=\"under\">" +
            tr("%1 runs measured by Pare; sizes are those of the exported file, times those of "
               "this machine")
                .arg(runs.size()) +
            "</p>\n";
    text += figures(runs) + summary(runs);
    for (const QString &remark : content.remarks)
        text += "<p>" + remark.toHtmlEscaped() + "</p>\n";
    text += "<h2>" + tr("Size against accuracy") + "</h2>\n<figure>" +
            QString::fromUtf8(curveSvg(runs, caption)) + "</figure>\n";
    text += "<h2>" + tr("What each layer kept: %1").arg(escaped(shortName(shown))) +
            "</h2>\n<figure>" + QString::fromUtf8(layerMapSvg(content.model, shown)) +
            "</figure>\n";
    text += "<h2>" + tr("Runs, smallest file first") + "</h2>\n" + table(runs);
    text += "<h2>" + tr("How to repeat it") + "</h2>\n" + reproduction(shown);
    text += "</main>\n</body>\n</html>\n";
    return text.toUtf8();
}

} // namespace pare
