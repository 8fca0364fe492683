#include "app/report/report.h"

#include "app/report/csvwriter.h"
#include "app/report/embedded.h"
#include "app/report/htmlwriter.h"
#include "app/report/markdownwriter.h"
#include "app/report/messages.h"
#include "app/report/pdfwriter.h"
#include "app/report/sections.h"
#include "core/base/error.h"

#include <QDate>
#include <algorithm>
#include <array>

namespace pare {

namespace {

/// Collects sections, those of a group below its heading where there are several groups.
class Outline
{
public:
    explicit Outline(ReportContent &content)
        : m_content(content)
    {}

    void setLevel(int level) { m_level = level; }
    void add(const QString &title, ReportBlocks blocks)
    {
        if (!blocks.empty())
            m_content.sections.push_back({title, m_level, std::move(blocks)});
    }
    /// A heading with sections below it.
    void open(const QString &title)
    {
        m_content.sections.push_back({title, 2, {}});
        m_level = 3;
    }

private:
    ReportContent &m_content;
    int m_level = 2;
};

QString groupTitle(const ReportGroup &group)
{
    return ReportWords::tr("%1 on %2")
        .arg(shortPath(group.first().modelPath), shortPath(group.first().dataPath));
}

void addGroup(Outline &outline, const ReportGroup &group, const ReportNumbers &numbers,
              std::size_t mostRows)
{
    outline.add(ReportWords::tr("In short"), summaryBlocks(group, numbers));
    outline.add(ReportWords::tr("Size against accuracy"), curveBlocks(group, numbers));
    outline.add(ReportWords::tr("What each layer kept"), mapBlocks(group));
    outline.add(ReportWords::tr("Recipe of each layer"), recipeBlocks(group, numbers, mostRows));
    outline.add(ReportWords::tr("All runs, smallest file first"),
                runBlocks(group, numbers, mostRows));
    outline.add(ReportWords::tr("Changed answers"), changeBlocks(group, numbers, mostRows));
    outline.add(ReportWords::tr("Exported files"), exportBlocks(group, numbers));
}

/// Remarks belong to the summary, which is the first section that says something.
void addRemarks(ReportContent &content, const QStringList &remarks)
{
    const auto summary = std::ranges::find_if(
        content.sections, [](const ReportSection &section) { return !section.blocks.empty(); });
    for (const QString &remark : remarks)
        summary->blocks.push_back(ReportParagraph{remark});
}

/// Of each table, so that a report of many models stays readable.
std::size_t rowsOf(std::size_t groups)
{
    constexpr std::size_t all = 1200;
    return std::clamp<std::size_t>(all / groups, 20, 400);
}

/// "The 28 runs of news.pare, measured by Pare until Thursday, November 26, 2026"
QString underTitle(const ReportFacts &facts, const ReportNumbers &numbers)
{
    std::int64_t runs = 0;
    std::string last;
    for (const Run &run : facts.runs()) {
        ++runs;
        last = std::max(last, run.time);
    }
    const QString project = QString::fromStdString(facts.project);
    const QDate day = QDate::fromString(QString::fromStdString(last).left(10), Qt::ISODate);
    const QString text =
        runs == 1 ? ReportWords::tr("The one run of %1").arg(project)
                  : ReportWords::tr("The %1 runs of %2").arg(numbers.count(runs), project);
    return day.isValid() ? ReportWords::tr("%1, measured by Pare until %2")
                               .arg(text, numbers.locale().toString(day, QLocale::LongFormat))
                         : text;
}

QString titleOf(const ReportFacts &facts, const ReportOptions &options)
{
    if (!options.title.isEmpty())
        return options.title;
    const QString model = shortPath(facts.groups.front().first().modelPath);
    return ReportWords::tr("What the model %1 can lose").arg(model);
}

} // namespace

ReportContent reportContent(const ReportFacts &facts, const ReportOptions &options)
{
    const ReportNumbers numbers(options.locale);
    ReportContent content;
    content.language = options.locale.bcp47Name().section('-', 0, 0);
    content.title = titleOf(facts, options);
    content.under = underTitle(facts, numbers);
    const std::size_t mostRows = rowsOf(facts.groups.size());
    Outline outline(content);
    const bool several = facts.groups.size() > 1;
    for (std::size_t i = 0; i < facts.groups.size(); ++i) {
        if (several)
            outline.open(groupTitle(facts.groups[i]));
        addGroup(outline, facts.groups[i], numbers, mostRows);
    }
    addRemarks(content, options.remarks);
    outline.setLevel(2);
    outline.add(ReportWords::tr("Methods"), methodBlocks(facts));
    for (const ReportGroup &group : facts.groups)
        outline.add(
            several ? ReportWords::tr("Versions, hashes and hardware: %1").arg(groupTitle(group))
                    : ReportWords::tr("Versions, hashes and hardware"),
            originBlocks(group, numbers));
    for (const ReportGroup &group : facts.groups)
        outline.add(several ? ReportWords::tr("How to repeat it: %1").arg(groupTitle(group))
                            : ReportWords::tr("How to repeat it"),
                    commandBlocks(group, numbers, mostRows));
    return content;
}

ReportFormat reportFormat(const std::filesystem::path &file)
{
    constexpr std::array formats{
        std::pair{".html", ReportFormat::Html}, std::pair{".htm", ReportFormat::Html},
        std::pair{".pdf", ReportFormat::Pdf}, std::pair{".md", ReportFormat::Markdown},
        std::pair{".csv", ReportFormat::Csv}};
    const QString ending = QString::fromStdString(file.extension().string()).toLower();
    for (const auto &[name, format] : formats) {
        if (ending == QLatin1String(name))
            return format;
    }
    throw Error(ErrorKind::InvalidSetting, messages::reportEnding, file);
}

QByteArray reportFile(const ReportFacts &facts, ReportFormat format, const ReportOptions &options)
{
    switch (format) {
    case ReportFormat::Csv:
        return csvOf(facts);
    case ReportFormat::Markdown:
        return markdownOf(reportContent(facts, options));
    case ReportFormat::Html:
        return htmlOf(reportContent(facts, options), embeddedJson(facts));
    case ReportFormat::Pdf:
        break;
    }
    return pdfOf(reportContent(facts, options), embeddedJson(facts));
}

} // namespace pare
