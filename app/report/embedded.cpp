#include "app/report/embedded.h"

#include "app/report/attachedfiles.h"
#include "app/report/messages.h"
#include "core/base/error.h"
#include "core/base/files.h"
#include "core/base/json.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <optional>

namespace pare {

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uint64_t longestFile = 64'000'000;
constexpr std::size_t longestDocument = 64'000'000;

constexpr std::string_view scriptBegin = R"(<script type="application/json" id="pare">)";
constexpr std::string_view scriptEnd = "</script>";

/// Control characters and all that is not ASCII escaped; what is no UTF-8 replaced.
std::string dumped(const Json &json)
{
    return json.dump(-1, ' ', true, Json::error_handler_t::replace);
}

/// Runs on their way into a report, the less important first.
struct RunEntry
{
    std::size_t place = 0; ///< in the document
    int importance = 0;
    Json json;
    std::size_t length = 0;
    bool kept = true;
};

std::vector<RunEntry> entriesOf(const ReportFacts &facts)
{
    std::vector<RunEntry> entries;
    for (const ReportGroup &group : facts.groups) {
        for (std::size_t i = 0; i < group.runs.size(); ++i) {
            RunEntry entry;
            entry.place = entries.size();
            entry.importance = i == group.chosen ? 2 : group.onFront[i] ? 1 : 0;
            entry.json = toJson(group.runs[i].run);
            entry.length = dumped(entry.json).size() + 1;
            entries.push_back(std::move(entry));
        }
    }
    return entries;
}

Json notesOf(const ReportFacts &facts)
{
    Json notes = Json::object();
    for (const ReportGroup &group : facts.groups) {
        for (const RunFacts &run : group.runs) {
            if (run.note != RunNote())
                notes[run.run.id] = {{"note", run.note.text},
                                     {"tags", run.note.tags},
                                     {"pinned", run.note.pinned},
                                     {"colour", run.note.colour}};
        }
    }
    return notes;
}

std::size_t lengthOf(const std::vector<RunEntry> &entries)
{
    std::size_t length = 0;
    for (const RunEntry &entry : entries)
        length += entry.kept ? entry.length : 0;
    return length;
}

/// Takes away until no more than `limit` bytes are left. How many runs lost their layers.
std::int64_t shorten(std::vector<RunEntry> &entries, std::size_t limit)
{
    std::vector<RunEntry *> order;
    for (RunEntry &entry : entries)
        order.push_back(&entry);
    // Of equal importance the last one goes first.
    std::ranges::sort(order, [](const RunEntry *a, const RunEntry *b) {
        return a->importance != b->importance ? a->importance < b->importance : a->place > b->place;
    });
    std::size_t length = lengthOf(entries);
    std::int64_t withoutLayers = 0;
    for (RunEntry *entry : order) {
        if (length <= limit || entry->json["layers"].empty())
            continue;
        entry->json["layers"] = Json::array();
        length -= entry->length;
        entry->length = dumped(entry->json).size() + 1;
        length += entry->length;
        ++withoutLayers;
    }
    for (RunEntry *entry : order) {
        if (length <= limit)
            break;
        entry->kept = false;
        length -= entry->length;
    }
    return withoutLayers;
}

/// The JSON text of the element; nothing where there is none.
std::optional<std::string_view> scriptContent(std::string_view html)
{
    // A browser that saves a page may write attributes in another order or way.
    for (std::size_t at = html.find("<script"); at != std::string_view::npos;
         at = html.find("<script", at + 1)) {
        const std::size_t close = html.find('>', at);
        if (close == std::string_view::npos)
            return std::nullopt;
        const std::string_view tag = html.substr(at, close - at);
        if (tag.find("id=\"pare\"") == std::string_view::npos &&
            tag.find("id=pare") == std::string_view::npos)
            continue;
        const std::size_t end = html.find(scriptEnd, close);
        if (end == std::string_view::npos)
            return std::nullopt;
        return html.substr(close + 1, end - close - 1);
    }
    return std::nullopt;
}

std::int64_t countFrom(const Json &document, const char *key)
{
    const auto found = document.find(key);
    return found != document.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

EmbeddedReport reportFrom(const Json &document, const std::string &name)
{
    const auto schema = document.find("schema");
    if (schema == document.end() || !schema->is_number_integer())
        throw Error(ErrorKind::InvalidFile, messages::embeddedNone, name);
    if (schema->get<std::int64_t>() > embeddedSchema)
        throw Error(ErrorKind::Unsupported, messages::embeddedNewer, name,
                    schema->get<std::int64_t>(), embeddedSchema);
    EmbeddedReport report;
    report.project = document.at("project").get<std::string>();
    report.chosen = document.at("chosen").get<std::vector<std::string>>();
    for (const Json &run : document.at("runs"))
        report.runs.push_back(runFromJson(run));
    const Json notes = document.value("notes", Json::object());
    for (const auto &[id, note] : notes.items()) {
        RunNote &said = report.notes[id];
        said.text = note.value("note", "");
        said.tags = note.value("tags", std::vector<std::string>{});
        said.pinned = note.value("pinned", false);
        said.colour = note.value("colour", "");
    }
    report.withoutLayers = countFrom(document, "withoutLayers");
    report.withoutRuns = countFrom(document, "withoutRuns");
    return report;
}

bool isReport(const Json &document)
{
    return document.is_object() && document.value("pare", Json()) == "report";
}

} // namespace

std::string embeddedJson(const ReportFacts &facts, std::size_t limit)
{
    std::vector<RunEntry> entries = entriesOf(facts);
    const std::int64_t withoutLayers = shorten(entries, limit);
    Json document{{"pare", "report"}, {"schema", embeddedSchema}, {"project", facts.project}};
    document["chosen"] = Json::array();
    for (const ReportGroup &group : facts.groups)
        document["chosen"].push_back(group.chosenRun().run.id);
    document["runs"] = Json::array();
    std::int64_t withoutRuns = 0;
    for (RunEntry &entry : entries) {
        if (entry.kept)
            document["runs"].push_back(std::move(entry.json));
        withoutRuns += entry.kept ? 0 : 1;
    }
    if (Json notes = notesOf(facts); !notes.empty())
        document["notes"] = std::move(notes);
    if (withoutLayers > 0)
        document["withoutLayers"] = withoutLayers;
    if (withoutRuns > 0)
        document["withoutRuns"] = withoutRuns;
    return dumped(document);
}

std::string scriptElement(const std::string &json)
{
    std::string escaped;
    escaped.reserve(json.size());
    for (const char c : json) {
        if (c == '<') // only strings have it, where this is the same
            escaped += "\\u003c";
        else
            escaped += c;
    }
    return std::string(scriptBegin) + escaped + std::string(scriptEnd);
}

EmbeddedReport embeddedReport(std::string_view file, const std::string &name)
{
    std::vector<std::string> documents;
    if (file.starts_with("%PDF-"))
        documents = attachedFiles(file, longestDocument);
    else if (const auto content = scriptContent(file))
        documents.emplace_back(*content);
    for (const std::string &text : documents) {
        try {
            const Json document = parsedJson(text);
            if (isReport(document))
                return reportFrom(document, name);
        } catch (const Error &error) {
            if (error.kind() != ErrorKind::InvalidFile)
                throw;
            throw Error(ErrorKind::InvalidFile, messages::embeddedBroken, name, error.what());
        } catch (const nlohmann::json::exception &error) {
            throw Error(ErrorKind::InvalidFile, messages::embeddedBroken, name, reasonOf(error));
        }
    }
    throw Error(ErrorKind::InvalidFile, messages::embeddedNone, name);
}

EmbeddedReport readEmbeddedReport(const std::filesystem::path &file)
{
    return embeddedReport(readFile(file, longestFile), file.string());
}

} // namespace pare
