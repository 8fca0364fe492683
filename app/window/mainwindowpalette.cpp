// The palette: every action, every setting with its present value, every technique and layer by name.
#include "app/window/mainwindow.h"
#include "app/window/shortcuts.h"
#include "app/window/workspace.h"
#include "core/model/technique.h"
#include "widgets/charts/tradeoffpanel.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/commandpalette.h"
#include "widgets/panels/modeltabs.h"

#include <QActionGroup>
#include <QComboBox>
#include <QCoreApplication>
#include <QDockWidget>
#include <QMenu>
#include <QMenuBar>
#include <QThread>
#include <algorithm>

namespace pare {

namespace {

QString withPresent(const QString &title, const QString &value)
{
    return MainWindow::tr("%1 (now: %2)").arg(title, value);
}

/// "View: Light or dark (now: Dark)" of a menu of which one entry holds.
QString menuTitle(const QMenu *menu, const QString &title)
{
    const QList<QAction *> actions = menu->actions();
    const auto checked = std::ranges::find_if(actions, [](const QAction *action) {
        return action->isChecked() && action->actionGroup();
    });
    return checked == actions.end() ? title : withPresent(title, plainTitle((*checked)->text()));
}

QString actionTitle(const QAction *action)
{
    const QString title = plainTitle(action->text());
    if (!action->isCheckable() || action->actionGroup())
        return title;
    return withPresent(title, action->isChecked() ? MainWindow::tr("on") : MainWindow::tr("off"));
}

/// There is no dialog of settings: whoever looks for one finds each where it is.
QString settingWords()
{
    return MainWindow::tr("settings options preferences configuration");
}

/// What panels and the map show stands beside them: nobody looks for it among settings.
bool isSetting(const QMenu *menu, const QAction *action)
{
    static const QStringList ofTheMap{"colourMenu", "widthsMenu"};
    static const QStringList others{"keys"};
    if (ofTheMap.contains(menu->objectName()) || qobject_cast<QDockWidget *>(action->parent()))
        return false;
    return action->isCheckable() || others.contains(action->objectName());
}

/// Of an action that says why it cannot be used.
QString whyNot(const QAction *action)
{
    const QString reason = action->property(reasonProperty).toString();
    return action->isEnabled() || reason.isEmpty() ? QString()
                                                   : QStringLiteral(" \u2014 ") + reason;
}

void addEntries(std::vector<PaletteEntry> &entries, const QMenu *menu, const QString &path)
{
    for (QAction *action : menu->actions()) {
        if (action->isSeparator())
            continue;
        const QString title = path + QStringLiteral(": ");
        if (action->menu())
            addEntries(entries, action->menu(),
                       title + menuTitle(action->menu(), plainTitle(action->text())));
        else
            entries.push_back({title + actionTitle(action) + whyNot(action),
                               action->shortcut().toString(QKeySequence::NativeText),
                               action->isEnabled(), [action] { action->trigger(); },
                               isSetting(menu, action) ? settingWords() : QString()});
    }
}

/// Every other choice of a box.
void addChoices(std::vector<PaletteEntry> &entries, QComboBox *box, const QString &place)
{
    const QString title =
        withPresent(place + QStringLiteral(": ") + box->accessibleName(), box->currentText());
    for (int i = 0; i < box->count(); ++i) {
        if (i != box->currentIndex() && !box->itemText(i).isEmpty())
            entries.push_back(
                {title + QStringLiteral(": ") + box->itemText(i), {}, box->isEnabled(), [box, i] {
                     box->setCurrentIndex(i);
                     Q_EMIT box->activated(i);
                 }});
    }
}

} // namespace

/// Settings of the chart and of the run that no menu holds.
void MainWindow::addSettings(std::vector<PaletteEntry> &entries)
{
    TradeoffPanel *chart = m_workspace->chartPanel();
    for (QComboBox *box : chart->axisChoices())
        addChoices(entries, box, tr("Chart"));
    entries.push_back(
        {tr("Chart") + QStringLiteral(": ") + actionTitle(chart->scaleAction()), {}, true, [chart] {
             chart->scaleAction()->trigger();
         }});
    const bool writable = m_document->hasProject() && !m_document->isReadOnly();
    const auto text = [](int threads) {
        return threads == 0 ? tr("as many as there are cores") : QString::number(threads);
    };
    const int now = m_document->choices().threads;
    for (int threads = 0; threads <= QThread::idealThreadCount();
         threads = std::max(1, 2 * threads)) {
        if (threads != now)
            entries.push_back({withPresent(tr("Threads that compute"), text(now)) +
                                   QStringLiteral(": ") + text(threads),
                               {},
                               writable,
                               [this, threads] { m_document->setThreads(threads); },
                               settingWords()});
    }
}

void MainWindow::showPalette()
{
    updateActions();
    std::vector<PaletteEntry> entries;
    for (const QAction *action : menuBar()->actions()) {
        if (action->menu())
            addEntries(entries, action->menu(), plainTitle(action->text()));
    }
    addSettings(entries);
    for (const ModelTab &model : m_workspace->modelTabs()->models())
        entries.push_back({tr("Model: %1").arg(model.title),
                           {},
                           m_workspace->modelTabs()->isEnabled(),
                           [this, path = model.path] { m_document->openModel(path); }});
    const bool open = m_document->modelState() == ModelState::Open;
    for (const TechniqueInfo &technique : techniqueTable()) {
        const QString id = QString::fromUtf8(technique.id);
        entries.push_back({tr("Add: %1").arg(QCoreApplication::translate("core", technique.title)) +
                               QStringLiteral(" (%1)").arg(id),
                           {},
                           open && !m_document->isReadOnly(),
                           [this, id] { Q_EMIT m_workspace->recipePanel()->techniqueAdded(id); }});
    }
    for (const Layer &layer : m_document->model().layers) {
        const QString name = QString::fromStdString(layer.name);
        entries.push_back({tr("Layer: %1").arg(name), {}, open, [this, name] {
                               m_workspace->mapPanel()->clearFind(); // it sought others
                               m_workspace->mapPanel()->map()->setSelection({name});
                               Q_EMIT m_workspace->mapPanel()->map()->selectionChanged({name});
                           }});
    }
    (new CommandPalette(std::move(entries), this))->show();
}

} // namespace pare
