// What can be done with one layer of the map: its menu.
#include "app/document/document.h"
#include "app/window/layerselection.h"
#include "app/window/workspace.h"
#include "core/base/error.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QApplication>
#include <QClipboard>
#include <QMenu>
#include <algorithm>

namespace pare {

namespace {

/// Whose weight it uses, or its own name.
const std::string &ownerOf(const LayerMapCell &cell)
{
    return cell.isShared() ? cell.state.sharedWith : cell.name;
}

bool actsOn(const Step &step, const std::string &layer, const ModelDescription &model)
{
    try {
        return std::ranges::count(layersOf(step, model), layer) > 0;
    } catch (const Error &) {
        return false; // its card says what is wrong with its layers
    }
}

} // namespace

void Workspace::fillLayerMenu(QMenu &menu, const QString &layer)
{
    const LayerMapData &data = m_map->map()->data();
    const auto found = data.find(layer.toStdString());
    if (!found)
        return;
    const LayerMapCell cell = data.cells[*found];
    QAction *title = menu.addAction(layer);
    title->setObjectName(QStringLiteral("layerTitle"));
    title->setEnabled(false);
    title->setFont(heavierFont(menu.font()));
    menu.addSeparator();
    const QStringList selection = m_map->map()->selection();
    const bool among = selection.contains(layer) && selection.size() > 1;
    QAction *add = menu.addAction(
        among ? tr("&Add a technique to the %1 selected layers…").arg(selection.size())
              : tr("&Add a technique…"),
        this, [this, layer, among] {
            if (!among)
                selectLayers([&layer](const LayerMapCell &one) {
                    return QString::fromStdString(one.name) == layer;
                });
            m_recipe->chooseTechnique();
        });
    add->setObjectName(QStringLiteral("layerAdd"));
    add->setEnabled(m_shownRun.isEmpty() && !m_document.isReadOnly());
    addLayerSteps(menu, layer);
    menu.addSeparator();
    addLayerSelections(menu, cell);
    QAction *copy = menu.addAction(tr("Copy the &name"), this,
                                   [layer] { QApplication::clipboard()->setText(layer); });
    copy->setObjectName(QStringLiteral("layerCopyName"));
    menu.addSeparator();
}

/// Those that could act on it, ticked where they do.
void Workspace::addLayerSteps(QMenu &menu, const QString &layer)
{
    const Layer *known = m_document.model().find(layer.toStdString());
    if (!m_shownRun.isEmpty() || !known)
        return;
    const std::vector<ChosenStep> &steps = m_document.choices().steps;
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Step &step = steps[i].step;
        const TechniqueInfo *technique = findTechnique(step.technique);
        if (!technique || !technique->actsOn(*known))
            continue;
        QString name = translatedName(step);
        if (!steps[i].enabled)
            name = tr("%1 (switched off)").arg(name);
        QAction *action = menu.addAction(name.replace('&', QStringLiteral("&&")), this,
                                         [this, i, layer] { toggleStep(i, layer); });
        action->setObjectName(QStringLiteral("layerStep%1").arg(i));
        action->setToolTip(tr("Acts on this layer or leaves it alone"));
        action->setCheckable(true);
        action->setChecked(actsOn(step, layer.toStdString(), m_document.model()));
        action->setEnabled(!m_document.isReadOnly());
    }
}

void Workspace::addLayerSelections(QMenu &menu, const LayerMapCell &cell)
{
    const auto add = [&](const char *name, const QString &text, bool offered, auto wanted) {
        QAction *action = menu.addAction(text, this, [this, wanted] { selectLayers(wanted); });
        action->setObjectName(QLatin1String(name));
        action->setVisible(offered);
    };
    add("layerBlock", tr("Select its &block"), cell.block >= 0,
        [stack = cell.stack, block = cell.block](const LayerMapCell &one) {
            return one.stack == stack && one.block == block;
        });
    add("layerRole", tr("Select its &role: %1").arg(roleTitle(cell.role)), true,
        [role = cell.role](const LayerMapCell &one) { return one.role == role; });
    const std::string owner = ownerOf(cell);
    const auto shares = [owner](const LayerMapCell &one) { return ownerOf(one) == owner; };
    add("layerSharing", tr("Select those that &share with it"),
        std::ranges::count_if(m_map->map()->data().cells, shares) > 1, shares);
}

void Workspace::selectLayers(const std::function<bool(const LayerMapCell &)> &wanted)
{
    QStringList names;
    for (const LayerMapCell &cell : m_map->map()->data().cells) {
        if (wanted(cell))
            names << QString::fromStdString(cell.name);
    }
    m_map->map()->setSelection(names);
    Q_EMIT m_map->map()->selectionChanged(names);
}

} // namespace pare
