// The menu of dock layouts.
#include "app/window/dockarea.h"
#include "app/window/layouts.h"
#include "app/window/mainwindow.h"
#include "app/window/workspace.h"

#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QScreen>

namespace pare {

void MainWindow::addLayoutMenu(QMenu *menu)
{
    QMenu *layouts = menu->addMenu(tr("La&youts"));
    layouts->setObjectName(QStringLiteral("layoutMenu"));
    // Named anew each time: a person adds to them.
    connect(layouts, &QMenu::aboutToShow, this, [this, layouts] { fillLayoutMenu(layouts); });
    fillLayoutMenu(layouts);
}

void MainWindow::fillLayoutMenu(QMenu *layouts)
{
    qDeleteAll(layouts->findChildren<QMenu *>(QString(), Qt::FindDirectChildrenOnly));
    layouts->clear();
    const auto shipped = [&](const QString &title, const char *name, ShippedLayout layout) {
        QAction *action =
            layouts->addAction(title, this, [this, layout] { m_workspace->area()->apply(layout); });
        action->setObjectName(QLatin1String(name));
    };
    shipped(tr("&Explore: recipe, map, inspector"), "layoutExplore", ShippedLayout::Explore);
    shipped(tr("&Compare: runs side by side"), "layoutCompare", ShippedLayout::Compare);
    shipped(tr("&Train: training and jobs"), "layoutTrain", ShippedLayout::Train);
    const QStringList names = layoutNames();
    if (!names.isEmpty())
        layouts->addSeparator();
    for (const QString &name : names) {
        const QString title = QString(name).replace('&', QStringLiteral("&&"));
        layouts->addAction(title, this,
                           [this, name] { m_workspace->area()->restoreLayout(layoutOf(name)); });
    }
    layouts->addSeparator();
    QAction *save =
        layouts->addAction(tr("&Save as…"), this, [this, layouts] { askForLayoutName(layouts); });
    save->setObjectName(QStringLiteral("layoutSave"));
    QMenu *forget = layouts->addMenu(tr("&Delete"));
    forget->setEnabled(!names.isEmpty());
    for (const QString &name : names)
        forget->addAction(QString(name).replace('&', QStringLiteral("&&")), this,
                          [name] { forgetLayout(name); });
    layouts->addAction(tr("&Reset"), this, [this] { m_workspace->area()->reset(); });
}

void MainWindow::askForLayoutName(QMenu *layouts)
{
    auto *dialog = new QInputDialog(this);
    dialog->setObjectName(QStringLiteral("layoutName"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save the layout"));
    dialog->setLabelText(tr("Name; one of the same name is replaced"));
    connect(dialog, &QInputDialog::textValueSelected, layouts,
            [this, layouts](const QString &text) {
                if (const QString name = text.simplified(); !name.isEmpty())
                    keepLayout(name, m_workspace->layoutState());
                fillLayoutMenu(layouts);
            });
    dialog->open();
}

void MainWindow::bringOntoScreen()
{
    QList<QRect> screens;
    for (const QScreen *screen : QGuiApplication::screens())
        screens << screen->availableGeometry();
    if (!isMaximized() && !isFullScreen())
        setGeometry(broughtOnto(geometry(), screens));
}

} // namespace pare
