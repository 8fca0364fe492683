// Asks for a budget and shows the recipe that was found for it, with its proof and its reasons, before
// anything is applied.
//
// Shows the values it was given; intentions leave by signals. Window's thread; owned by its parent.
#pragma once

#include <QString>
#include <QWidget>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QLabel;
class QPushButton;
class QSlider;
class QTableWidget;

namespace pare {

/// What a layer got, and what it would cost to have it otherwise.
struct BudgetRow
{
    QString layer;
    QString chosen;
    QString nextBest;
    QString bytes;   ///< "+12 kB"
    QString changed; ///< "0.03 %"

    bool operator==(const BudgetRow &) const = default;
};

struct BudgetPanelData
{
    bool canSearch = false;
    QString help;     ///< why not, or what it does
    int selected = 0; ///< layers chosen on the map, which may stay as they are
    QString
        headline; ///< "1.98 MB · accuracy 90.8 % (90.1 … 91.4) predicted"; empty: nothing found yet
    QString proof;   ///< the certificate in a sentence
    QString problem; ///< why nothing was found
    std::vector<BudgetRow> rows;
    int strengths = 0; ///< recipes from the smallest file to the model as it is; 0: not known
    int strength = 0;  ///< which of them is shown, −1: none of them
};

class BudgetPanel : public QWidget
{
    Q_OBJECT

public:
    explicit BudgetPanel(QWidget *parent = nullptr);

    void setData(const BudgetPanelData &data);
    /// What a search does at the moment; empty: none runs. While one does, it can be cancelled in place of
    /// another.
    void setSearching(const QString &doing);
    /// The largest sensible budgets: those of the original; 0: not known.
    void setOriginal(double megabytes, double milliseconds);
    /// As core/search reads it: "bytes<=2MB".
    QString target() const;

Q_SIGNALS:
    void searchRequested(const QString &target, bool lockSelected);
    void cancelRequested(); ///< of the search
    void applyRequested();
    void measureRequested(); ///< apply, then measure
    void layerChosen(const QString &name);
    /// One of BudgetPanelData::strengths is wanted in place of what was found.
    void strengthChosen(int strength);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void showKind();
    void checkLimit();
    bool limitEvent(QEvent *event);
    void fillTable(const std::vector<BudgetRow> &rows);
    void resizeLayers();

    QComboBox *m_kind;
    QDoubleSpinBox *m_limit;
    QCheckBox *m_lock;
    QPushButton *m_search;
    QPushButton *m_cancel; ///< in the place of m_search while one runs
    QLabel *m_doing;
    QLabel *m_range; ///< what is wrong with the limit
    QLabel *m_headline;
    QLabel *m_proof;
    QLabel *m_problem;
    QTableWidget *m_table;
    QSlider *m_strength;
    QWidget *m_strengthLine;
    QPushButton *m_apply;
    QPushButton *m_measure;
    QWidget *m_rest;
    std::vector<BudgetRow> m_rows;
    QString m_help; ///< of the search
    bool m_canSearch = false;
    double m_lowest = 0;
    double m_highest = 0;
    double m_megabytes = 1;
    double m_milliseconds = 1;
};

} // namespace pare
