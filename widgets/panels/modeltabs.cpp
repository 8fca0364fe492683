#include "widgets/panels/modeltabs.h"

#include <QSignalBlocker>
#include <algorithm>

namespace pare {

ModelTabs::ModelTabs(QWidget *parent)
    : QTabBar(parent)
{
    setObjectName(QStringLiteral("modelTabs"));
    setAccessibleName(tr("Models of this project"));
    setDrawBase(false);
    setExpanding(false);
    setElideMode(Qt::ElideMiddle);
    hide();
    connect(this, &QTabBar::currentChanged, this, [this](int index) {
        {
            const QSignalBlocker quiet(this);
            setCurrentIndex(m_current); // until the one that was chosen is shown
        }
        if (index >= 0 && index != m_current)
            Q_EMIT modelChosen(m_models[static_cast<std::size_t>(index)].path);
    });
}

void ModelTabs::setModels(const std::vector<ModelTab> &models, const QString &current)
{
    const QSignalBlocker quiet(this);
    if (models != m_models) {
        while (count() > 0)
            removeTab(0);
        for (const ModelTab &model : models) {
            const int tab = addTab(QString(model.title).replace('&', QStringLiteral("&&")));
            setTabToolTip(tab, model.path);
        }
        m_models = models;
    }
    const auto shown = std::ranges::find(models, current, &ModelTab::path);
    m_current = shown == models.end() ? -1 : static_cast<int>(shown - models.begin());
    setCurrentIndex(m_current);
    setVisible(models.size() > 1);
}

void ModelTabs::chooseNeighbour(int direction)
{
    const int tabs = count();
    if (tabs > 1 && isEnabled())
        setCurrentIndex((m_current + direction + tabs) % tabs);
}

} // namespace pare
