// The models of a project as tabs over what is shown of one of them; hidden where there are not several.
//
// Values in, intentions out. Window's thread.
#pragma once

#include <QTabBar>
#include <vector>

namespace pare {

struct ModelTab
{
    QString path;
    QString title;

    bool operator==(const ModelTab &) const = default;
};

class ModelTabs : public QTabBar
{
    Q_OBJECT

public:
    explicit ModelTabs(QWidget *parent = nullptr);

    /// `current`: the path of the one that is shown; empty: none.
    void setModels(const std::vector<ModelTab> &models, const QString &current);
    const std::vector<ModelTab> &models() const { return m_models; }
    /// Chooses the next one, or the one before, round the ends; nothing happens where there are no others.
    void chooseNeighbour(int direction);

Q_SIGNALS:
    void modelChosen(const QString &path);

private:
    std::vector<ModelTab> m_models;
    int m_current = -1;
};

} // namespace pare
