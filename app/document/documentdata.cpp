// Which data are chosen, and what files of data hold, before anything is learnt from them or measured on
// them.
#include "core/experiment/weightinputs.h"
#include "core/text/corpus.h"
#include "core/text/datasource.h"

#include "app/document/document.h"
#include "app/document/messages.h"

#include <utility>

namespace pare {

namespace {

void read(DataDescription &told, const Checkpoint &model)
{
    if (told.question.content == DataContent::Text) {
        const Corpus corpus = openCorpus(told.question.source);
        told.rows = static_cast<std::int64_t>(corpus.lines.size());
        told.groups = static_cast<std::int64_t>(corpus.documents.size());
        return;
    }
    const Dataset dataset = openDataset(told.question.source);
    told.hash = dataset.hash();
    told.rows = static_cast<std::int64_t>(dataset.size());
    told.groups = static_cast<std::int64_t>(dataset.labels().size());
    checkExamples(model, dataset, told.question.source);
    if (model.specification.head == HeadKind::Classification)
        told.modelLabels = static_cast<std::int64_t>(model.specification.labels.size());
}

std::string &sourceIn(Choices &choices, DataUse use)
{
    return use == DataUse::Measuring ? choices.dataPath : choices.calibrationPath;
}

const std::string &sourceIn(const Choices &choices, DataUse use)
{
    return use == DataUse::Measuring ? choices.dataPath : choices.calibrationPath;
}

} // namespace

/// As it is stored: a name of installed data, or an absolute path.
std::string Document::storedSource(const QString &pathOrSource)
{
    const std::string source = pathOrSource.toStdString();
    std::error_code ignored;
    return source.empty() || isBuiltIn(source)
               ? source
               : std::filesystem::absolute(source, ignored).lexically_normal().string();
}

/// The Look lane knows the answer before this thread does. Nothing is answered where it is cancelled.
std::shared_ptr<const DataDescription> Document::readData(const DataQuestion &question,
                                                          DataAnswered answered)
{
    const auto told = std::make_shared<DataDescription>();
    told->question = question;
    const auto model = m_reading ? m_reading : std::make_shared<const Checkpoint>();
    startLook([told, model](Progress &) { read(*told, *model); },
              [told, answered = std::move(answered)](const JobOutcome &outcome) {
                  if (outcome.error)
                      told->error = outcome.error->message();
                  if (outcome.result != JobResult::Cancelled)
                      answered(told);
              });
    return told;
}

void Document::describeData(const DataQuestion &question)
{
    readData(question, [this](const auto &told) { Q_EMIT dataDescribed(*told); });
}

void Document::setData(DataUse use, const QString &pathOrSource)
{
    DataLook &look = dataLook(use);
    const std::string source = storedSource(pathOrSource);
    if (!m_project)
        Q_EMIT failed(message(messages::documentNoModel));
    if (!m_project || isReadOnly())
        return;
    look.state.pending = source;
    look.state.refused.reset();
    const std::uint64_t request = ++look.request;
    if (source.empty()) {
        chooseData(use, {});
        return;
    }
    const auto answered = [this, use, request, model = m_modelRequest](const auto &told) {
        DataLook &asked = dataLook(use);
        if (request != asked.request)
            return;
        if (model != m_modelRequest) { // another will have to use them
            setData(use, QString::fromStdString(told->question.source));
            return;
        }
        if (told->error) {
            asked.state.pending.clear();
            asked.state.refused = *told;
            Q_EMIT dataStateChanged();
            Q_EMIT failed(*told->error);
            return;
        }
        asked.state.chosen = *told;
        asked.read = told;
        asked.model = model;
        chooseData(use, told->question.source);
    };
    readData({source, DataContent::Examples}, answered);
    Q_EMIT dataStateChanged();
}

/// What was looked at already, or none. A file that is chosen again may hold something else by now.
void Document::chooseData(DataUse use, const std::string &source)
{
    dataLook(use).state.pending.clear();
    Choices choices = m_choices;
    sourceIn(choices, use) = source;
    if (choices == m_choices) {
        (use == DataUse::Measuring ? m_identity.data : m_identity.calibration).clear();
        identify();
        Q_EMIT choicesChanged();
    } else {
        changeChoices(std::move(choices));
    }
    Q_EMIT dataStateChanged();
}

/// At those that are chosen, unless it is known what they hold.
void Document::lookAtData(DataUse use)
{
    DataLook &look = dataLook(use);
    const std::string &source = sourceIn(std::as_const(m_choices), use);
    if (look.read && look.read->question.source == source && look.model == m_modelRequest)
        return;
    look.state.chosen.reset();
    look.state.refused.reset();
    look.read.reset();
    look.model = m_modelRequest;
    const auto answered = [this, use](const auto &told) {
        if (dataLook(use).read != told)
            return;
        dataLook(use).state.chosen = *told;
        Q_EMIT dataStateChanged();
        if (told->error)
            Q_EMIT failed(*told->error);
    };
    if (!source.empty())
        look.read = readData({source, DataContent::Examples}, answered);
    Q_EMIT dataStateChanged();
}

void Document::forgetData()
{
    for (DataLook &look : m_data)
        look = {{}, look.request + 1, 0, {}};
}

} // namespace pare
