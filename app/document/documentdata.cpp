// What files of data hold, before anything is learnt from them or measured on them.
#include "core/text/corpus.h"
#include "core/text/dataset.h"
#include "core/text/datasource.h"

#include "app/document/document.h"
#include "core/base/progress.h"

namespace pare {

namespace {

void read(DataDescription &told)
{
    if (told.question.content == DataContent::Text) {
        const Corpus corpus = openCorpus(told.question.source);
        told.rows = static_cast<std::int64_t>(corpus.lines.size());
        told.groups = static_cast<std::int64_t>(corpus.documents.size());
        return;
    }
    const Dataset dataset = openDataset(told.question.source);
    told.rows = static_cast<std::int64_t>(dataset.size());
    told.groups = static_cast<std::int64_t>(dataset.labels().size());
}

} // namespace

void Document::describeData(const DataQuestion &question)
{
    const auto told = std::make_shared<DataDescription>();
    told->question = question;
    startLook([told](Progress &) { read(*told); },
              [this, told](const JobOutcome &outcome) {
                  if (outcome.error)
                      told->error = outcome.error->message();
                  if (outcome.result != JobResult::Cancelled)
                      Q_EMIT dataDescribed(*told);
              });
}

} // namespace pare
