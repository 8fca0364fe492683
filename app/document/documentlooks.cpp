// Looking at one layer: short jobs of the Look lane, of which the newest of each kind counts.
#include "core/checkpoint/checkpoint.h"

#include "app/document/forecaster.h"
#include "app/document/layerlookjob.h"
#include "app/document/layerlooks.h"

#include <QMetaObject>

namespace pare {

/// The layer that was compressed last, since its figures and its picture are asked for one after
/// the other; used on the Look lane only.
struct Document::Looker
{
    std::shared_ptr<const Checkpoint> checkpoint;
    Recipe recipe;
    LayerChange change;

    const LayerChange &changed(const std::shared_ptr<const Checkpoint> &model, const Recipe &wanted,
                               const std::string &layer, Progress &progress)
    {
        if (checkpoint != model || recipe != wanted || change.name != layer) {
            checkpoint.reset(); // if it is cancelled, nothing is known
            change = layerChange(*model, wanted, layer, progress);
            recipe = wanted;
            checkpoint = model;
        }
        return change;
    }
};

/// Cancels what was asked for before; a result that comes all the same is dropped.
void Document::stop(LookJobs &jobs)
{
    for (const JobId id : jobs.ids)
        m_jobs->cancel(id);
    jobs.ids.clear();
    ++jobs.request;
}

void Document::stopLooking()
{
    for (LookJobs *jobs :
         {&m_lookJobs, &m_spectrumJobs, &m_pictureJobs, &m_detailJobs, &m_optionJobs})
        stop(*jobs);
}

bool Document::hasWeights() const
{
    return m_checkpoint && m_checkpoint->hasWeights();
}

void Document::look(const std::string &layer, const Recipe &recipe)
{
    stop(m_lookJobs);
    if (!hasWeights())
        return;
    if (!m_looker)
        m_looker = std::make_shared<Looker>();
    startLayerLook<LayerLook>(
        m_lookJobs,
        [looker = m_looker, model = m_checkpoint, recipe, layer](Progress &progress) {
            return layerLook(looker->changed(model, recipe, layer, progress));
        },
        [this](const LayerLook &look) { Q_EMIT layerLooked(look); });
}

void Document::lookAtSpectrum(const std::string &layer)
{
    stop(m_spectrumJobs);
    if (!hasWeights())
        return;
    startLayerLook<LayerSpectrum>(
        m_spectrumJobs,
        [model = m_checkpoint, layer](Progress &progress) {
            return layerSpectrum(*model, layer, progress);
        },
        [this](const LayerSpectrum &spectrum) { Q_EMIT spectrumFound(spectrum); });
}

void Document::lookAtPicture(const std::string &layer, const Recipe &recipe)
{
    stop(m_detailJobs); // of another picture
    startPicture(m_pictureJobs, {layer, recipe, {}}, &Document::pictureMade);
}

void Document::lookAtDetail(const std::string &layer, const Recipe &recipe,
                            const PictureRegion &region)
{
    startPicture(m_detailJobs, {layer, recipe, region}, &Document::detailMade);
}

void Document::startPicture(LookJobs &jobs, PictureRequest wanted,
                            void (Document::*made)(const LayerPicture &))
{
    stop(jobs);
    if (!hasWeights())
        return;
    if (!m_looker)
        m_looker = std::make_shared<Looker>();
    startLayerLook<LayerPicture>(
        jobs,
        [looker = m_looker, model = m_checkpoint, wanted = std::move(wanted)](Progress &progress) {
            return layerPicture(looker->changed(model, wanted.recipe, wanted.layer, progress),
                                progress, wanted.region);
        },
        [this, made](const LayerPicture &picture) {
            Q_EMIT(this->*made)
            (picture);
        });
}

void Document::weighOptions(const std::string &layer)
{
    stop(m_optionJobs);
    m_options = {};
    if (!m_checkpoint)
        return;
    startLayerLook<LayerOptions>(
        m_optionJobs,
        [model = m_checkpoint, layer](Progress &progress) {
            return layerOptions(*model, layer, progress);
        },
        [this](const LayerOptions &options) {
            m_options = options;
            Q_EMIT optionsWeighed(m_options);
            timeOptions();
            tryOptions();
        });
}

/// What sweeps have asked of these very options; nothing is timed here.
void Document::timeOptions()
{
    if (!hasWeights() || m_identity.data.empty())
        return;
    std::vector<Recipe> recipes;
    for (const LayerOption &option : m_options.options)
        recipes.push_back({{parsedStep(option.step)}});
    startLayerLook<std::vector<std::optional<double>>>(
        m_optionJobs,
        [forecaster = m_forecaster, request = forecastRequest(), recipes](Progress &progress) {
            return forecaster->milliseconds(request, recipes, progress);
        },
        [this](const std::vector<std::optional<double>> &times) {
            for (std::size_t i = 0; i < times.size(); ++i)
                m_options.options[i].milliseconds = times[i];
            Q_EMIT optionsWeighed(m_options);
        });
}

/// One job each, so that every error shows as soon as it is known.
void Document::tryOptions()
{
    if (!hasWeights())
        return;
    for (std::size_t i = 0; i < m_options.options.size(); ++i) {
        if (m_options.options[i].answer != LayerOption::Answer::Computing)
            continue;
        startLayerLook<LayerOption>(
            m_optionJobs,
            [model = m_checkpoint, layer = m_options.name, option = m_options.options[i]](
                Progress &progress) { return tried(*model, layer, option, progress); },
            [this, i](const LayerOption &option) {
                const std::optional<double> milliseconds = m_options.options[i].milliseconds;
                m_options.options[i] = option;
                m_options.options[i].milliseconds = milliseconds;
                Q_EMIT optionsWeighed(m_options);
            });
    }
}

} // namespace pare
