// The layer map, or its table, under its head: what model it is, what colour and width are to show,
// and a line that finds layers. Map and table have one selection.
// Window's thread; owned by its parent.
#pragma once

#include "widgets/layermap/layermap.h"

#include <QWidget>
#include <optional>

class QComboBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QStackedWidget;
class QTableView;
class QToolButton;

namespace pare {

class EmptyState;
class LayerTableModel;

class LayerMapPanel : public QWidget
{
    Q_OBJECT

public:
    explicit LayerMapPanel(QWidget *parent = nullptr);

    LayerMap *map() const { return m_map; }
    QTableView *table() const { return m_table; }
    /// What map and table show.
    void setData(const LayerMapData &data);
    /// What stands in the place of map and table while there is no layer: why, and what would bring some.
    void setEmpty(const QString &why, const QString &action);
    /// Puts the keyboard into the line that finds layers.
    void find();
    /// Selects the next of the layers that were found, or the one before; takes the keyboard to the line
    /// where nothing is looked for.
    void goToFound(int direction);
    /// Nothing is sought any more; what is selected stays.
    void clearFind();
    /// What was found of the text in it; a problem: what is wrong with it.
    void setFound(const QStringList &names, const QString &problem = {});
    /// Instead of that: no layer's number is known yet. `action`: what would tell it; empty: nothing has to
    /// be done.
    void setUnknown(const QString &why, const QString &action = {});
    QString sought() const;
    bool showsTable() const;
    void showTable(bool table);
    /// "bert 6 × 128 · 2.05 M parameters"; empty: no model.
    void setSummary(const QString &summary);
    /// Chooses what colour shows; of LayerColour::Value the first measure.
    void setColour(LayerColour colour);
    /// What a layer's value can be, beside bytes and technique: "weight error". The choice stays, or
    /// falls back to bytes where it is gone.
    void setMeasures(const QStringList &titles);
    /// Colour shows that one of them.
    void showMeasure(int measure);
    /// Which of them that is; below 0: none.
    int measure() const;
    const QStringList &measures() const { return m_measures; }
    /// Keys of the measures that the table has a column for, beside the one that colour shows.
    QStringList shownColumns() const { return m_columns; }
    void setShownColumns(const QStringList &keys);
    void setWidths(LayerWidths widths);

Q_SIGNALS:
    /// A person chose another of the measures: the layers' values are to be those.
    void measureChosen(int measure);
    /// A person chose other columns of the table.
    void columnsChanged();
    void tableShown();
    /// A person is looking for layers; answered with setFound() or setUnknown().
    void findRequested(const QString &text);
    /// What setEmpty() offered.
    void emptyActionRequested();
    /// What setUnknown() offered.
    void findActionRequested();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showView();
    void makeTable();
    void makeFind();
    void makeAnswer();
    void shareHead();
    void tellFound();
    void selectHits();
    void showAnswer(const QString &text, const QString &action);
    void filterRows(const std::optional<QStringList> &names);
    void copyRows();
    void makeColumnMenu();
    void hideColumns();
    void selectRows();
    void takeRows();

    LayerMap *m_map;
    LayerTableModel *m_rows;
    class Rows;
    Rows *m_sorted;
    QTableView *m_table;
    EmptyState *m_empty;
    QStackedWidget *m_views;
    QToolButton *m_tableButton;
    QLineEdit *m_find;
    QLabel *m_found;
    QFrame *m_answer; ///< under the head: why nothing was found
    QLabel *m_answerText;
    QPushButton *m_answerAction;
    QLabel *m_summary;
    QComboBox *m_colour;
    QComboBox *m_widths;
    QStringList m_measures; ///< titles
    QStringList m_columns;
    QStringList m_hits;       ///< the layers that were found
    bool m_knowsHits = false; ///< whether something is sought, and known
    qsizetype m_hit = -1;     ///< of them the one that was gone to
    bool m_selecting = false;
};

/// One line on a model: architecture, blocks × width, parameters.
QString modelSummary(const ModelDescription &model);

} // namespace pare
