// How small, how good, how fast: three figures that each say what kind they are. Always visible.
// Shows the values it was given; window's thread; owned by its parent.
#pragma once

#include "widgets/panels/meterbar.h"

#include <QString>
#include <QWidget>
#include <array>

class QHBoxLayout;
class QLabel;
class QMenu;
class QPushButton;
class QToolButton;

namespace pare {

/// One of the three, as it is written.
struct MeterFigure
{
    QString title;   ///< "Accuracy, 4,212 test rows"
    QString kind;    ///< "exact", "measured", "not measured"
    QString value;   ///< "91.6"; empty: nothing known
    QString unit;    ///< "% (90.7 … 92.3)"
    QString remark;  ///< "was 92.4 % (91.6 … 93.1)"
    QString details; ///< tool tip
    MeterBarData bar;
};

struct MeterData
{
    MeterFigure size;
    MeterFigure metric;
    MeterFigure latency;
    bool canUndo = false;
    bool canRedo = false;
    bool canMeasure = false;
    QString measureHelp; ///< why not, or what it does
};

class Meter : public QWidget
{
    Q_OBJECT

public:
    explicit Meter(QWidget *parent = nullptr);

    void setData(const MeterData &data);
    const MeterData &data() const { return m_data; }
    /// What else can be measured; whoever knows fills it.
    QMenu *measureMenu() const { return m_menu; }

Q_SIGNALS:
    void undoRequested();
    void redoRequested();
    void measureRequested();
    /// Whether it can be measured, or why not.
    void measureChanged();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    struct Cell
    {
        QLabel *title = nullptr;
        QLabel *kind = nullptr;
        QLabel *value = nullptr;
        QLabel *unit = nullptr;
        QLabel *remark = nullptr;
        MeterBar *bar = nullptr;
    };

    void addCell(QHBoxLayout *line, Cell &cell, const char *name);
    void addButtons(QHBoxLayout *line);
    static void showFigure(const Cell &cell, const MeterFigure &figure);

    MeterData m_data;
    std::array<Cell, 3> m_cells;
    QToolButton *m_undo;
    QToolButton *m_redo;
    QPushButton *m_measure;
    QToolButton *m_more;
    QMenu *m_menu;
};

} // namespace pare
