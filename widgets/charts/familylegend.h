// The families on a chart by their marks; a click hides one or brings it back.
//
// Shows actions that belong to somebody else. Window's thread; owned by its parent.
#pragma once

#include <QList>
#include <QWidget>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace pare {

class FamilyLegend : public QWidget
{
    Q_OBJECT

public:
    explicit FamilyLegend(QWidget *parent = nullptr);

    /// Checkable, with icons. One alone needs no legend.
    void setFamilies(const QList<QAction *> &families);

    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void fit();

    QHBoxLayout *m_row;
    QList<QToolButton *> m_buttons;
};

} // namespace pare
