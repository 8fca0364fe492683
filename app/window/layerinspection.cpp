#include "app/window/layerinspection.h"

#include "app/document/document.h"
#include "core/base/error.h"

#include <utility>

namespace pare {

namespace {

/// The step of the recipe that gives this layer alone its rank, by number.
std::optional<std::size_t> rankStep(const std::vector<ChosenStep> &steps, const std::string &layer)
{
    for (std::size_t i = steps.size(); i-- > 0;) {
        if (steps[i].enabled && steps[i].step.technique == "factorize.svd" &&
            steps[i].step.layers == layer)
            return i;
    }
    return std::nullopt;
}

MatrixPictures::Grid gridOf(const LayerPicture::Grid &grid)
{
    return {grid.sizes, grid.means};
}

/// Query, key and value are heads above each other, output heads beside each other.
std::optional<MatrixData::Heads> headsOf(const ModelDescription &model, const std::string &name)
{
    const Layer *layer = model.find(name);
    if (!layer || model.headWidth < 1 || !layer->isMatrix())
        return std::nullopt;
    switch (layer->role) {
    case LayerRole::Query:
    case LayerRole::Key:
    case LayerRole::Value:
        return MatrixData::Heads{Qt::Vertical, model.headWidth};
    case LayerRole::Output:
        return MatrixData::Heads{Qt::Horizontal, model.headWidth};
    default:
        return std::nullopt;
    }
}

} // namespace

LayerInspection::LayerInspection(Document &document, InspectorPanel &panel, QObject *parent)
    : QObject(parent)
    , m_document(document)
    , m_panel(panel)
{
    connect(&document, &Document::layerLooked, this, [this](const LayerLook &look) {
        m_seen.look = look;
        Q_EMIT changed();
    });
    connect(&document, &Document::spectrumFound, this, [this](const LayerSpectrum &spectrum) {
        m_seen.spectrum = spectrum;
        Q_EMIT changed();
    });
    connect(&document, &Document::pictureMade, this, &LayerInspection::takePicture);
    connect(&document, &Document::detailMade, this, [this](const LayerPicture &picture) {
        m_seen.detail = picture.name == m_seen.pictureName ? picturesOf(picture) : nullptr;
        Q_EMIT changed();
    });
    connect(&panel, &InspectorPanel::regionWanted, this,
            [this](const QString &layer, const QRect &region) {
                if (layer.toStdString() == m_layer)
                    m_document.lookAtDetail(
                        m_layer, m_recipe,
                        {region.top(), region.left(), region.height(), region.width()});
            });
    connect(&document, &Document::optionsWeighed, this, [this](const LayerOptions &options) {
        m_seen.options = options;
        Q_EMIT changed();
    });
    connect(&panel, &InspectorPanel::tabChanged, this, &LayerInspection::ask);
    connect(&panel, &InspectorPanel::rankChosen, this, &LayerInspection::chooseRank);
    connect(&panel, &InspectorPanel::optionChosen, this, [&document](const QString &step) {
        try {
            document.addStep(parsedStep(step.toStdString()));
        } catch (const Error &error) {
            Q_EMIT document.failed(error.message());
        }
    });
}

void LayerInspection::forget()
{
    m_seen = {};
    m_layer.clear();
    m_document.stopLooking();
}

void LayerInspection::inspect(const QString &layer, const Recipe &recipe)
{
    const std::string name = layer.toStdString();
    if (name != m_layer) {
        m_document.stopLooking();
        m_askedSpectrum = m_askedOptions = m_askedLook = m_askedPicture = false;
    } else if (recipe != m_recipe) {
        m_askedLook = m_askedPicture = false;
    }
    m_layer = name;
    m_recipe = recipe;
    ask();
}

/// The figures first, then what is on the tab; the spectrum in any case, for the sentences below.
void LayerInspection::ask()
{
    if (m_layer.empty())
        return;
    const InspectorTab tab = m_panel.tab();
    if (!std::exchange(m_askedLook, true))
        m_document.look(m_layer, m_recipe);
    if (tab == InspectorTab::Matrix && !std::exchange(m_askedPicture, true))
        m_document.lookAtPicture(m_layer, m_recipe);
    if (!std::exchange(m_askedSpectrum, true))
        m_document.lookAtSpectrum(m_layer);
    if (tab == InspectorTab::Options && !std::exchange(m_askedOptions, true))
        m_document.weighOptions(m_layer);
}

void LayerInspection::takePicture(const LayerPicture &picture)
{
    m_seen.pictureName = picture.name;
    m_seen.pictureUnknown = picture.unknown;
    m_seen.pictures = picturesOf(picture);
    m_seen.detail.reset();
    Q_EMIT changed();
}

std::shared_ptr<const MatrixPictures> LayerInspection::picturesOf(const LayerPicture &picture) const
{
    if (picture.rows < 1)
        return nullptr;
    auto pictures = std::make_shared<MatrixPictures>();
    pictures->layer = QString::fromStdString(picture.name);
    pictures->rows = picture.rows;
    pictures->columns = picture.columns;
    pictures->out = picture.out;
    pictures->in = picture.in;
    pictures->region =
        QRect(static_cast<int>(picture.region.column), static_cast<int>(picture.region.row),
              static_cast<int>(picture.region.columns), static_cast<int>(picture.region.rows));
    pictures->before = gridOf(picture.before);
    if (picture.after && picture.difference) {
        pictures->after = gridOf(*picture.after);
        pictures->difference = gridOf(*picture.difference);
    }
    pictures->heads = headsOf(m_document.model(), picture.name);
    return pictures;
}

void LayerInspection::chooseRank(const QString &layer, int rank)
{
    Step step;
    step.technique = "factorize.svd";
    step.settings["rank"] = std::to_string(rank);
    step.layers = layer.toStdString();
    if (const auto index = rankStep(m_document.choices().steps, step.layers))
        m_document.replaceStep(*index, step);
    else
        m_document.addStep(step);
}

} // namespace pare
