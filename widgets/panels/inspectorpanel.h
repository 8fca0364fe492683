// Everything about what is selected on the map: one layer with its weights, its spectrum, its
// picture and what else it could lose, each on a tab; or the sums of several.
// Shows the values it was given; window's thread; owned by its dock.
#pragma once

#include "widgets/charts/histogramview.h"
#include "widgets/panels/layersteps.h"
#include "widgets/panels/matrixpage.h"
#include "widgets/panels/optionspage.h"
#include "widgets/panels/spectrumpage.h"

#include <QScrollArea>
#include <QString>
#include <optional>
#include <utility>
#include <vector>

class QGridLayout;
class QLabel;
class QTabBar;

namespace pare {

class EmptyState;

enum class InspectorTab { Weights, Spectrum, Matrix, Options };

struct InspectorData
{
    QString title;     ///< "encoder.5.ffn.down", "12 layers"; empty: nothing is selected
    QString fill;      ///< what the button says while there is no title; empty: there is none
    QString layer;     ///< canonical name; empty: none or several, which have no tabs
    QStringList lines; ///< "128 × 512 · float32 · 262 kB"
    std::vector<LayerStepData> steps; ///< that can act there
    bool editable = false;            ///< of the steps
    std::vector<std::pair<QString, QString>> figures;
    std::optional<HistogramData> histogram;
    QString histogramNote; ///< why there is none yet, or what it leaves out
    SpectrumPageData spectrum;
    MatrixPageData matrix;
    OptionsPageData options;
    QString why; ///< what this layer's numbers mean; empty: not known
    /// Pages of the help that say more of it, each with its title.
    std::vector<std::pair<QString, QString>> whyPages;
};

class InspectorPanel : public QScrollArea
{
    Q_OBJECT

public:
    explicit InspectorPanel(QWidget *parent = nullptr);

    void setData(const InspectorData &data);
    const InspectorData &data() const { return m_data; }
    InspectorTab tab() const;
    void setTab(InspectorTab tab);
    QSize sizeHint() const override { return {340, 480}; }

Q_SIGNALS:
    void tabChanged(pare::InspectorTab tab);
    /// Nothing is selected, and something is to be.
    void fillRequested();
    /// The layer is to become a product of that rank.
    void rankChosen(const QString &layer, int rank);
    /// Of InspectorData::steps: on the selected layers it is to act or not, and how strongly.
    void stepSwitched(std::size_t step, bool on);
    void stepStrengthPreviewed(std::size_t step, double strength);
    void stepStrengthChosen(std::size_t step, double strength);
    /// A step, as text, is to be done.
    void optionChosen(const QString &step);
    /// A page of the help is to be shown.
    void helpRequested(const QString &page);
    /// A part of the layer's picture, in weights, is to be looked at closely.
    void regionWanted(const QString &layer, const QRect &region);

private:
    void arrange();
    void showTab();
    void showFigures();

    InspectorData m_data;
    QLabel *m_title;
    QLabel *m_lines;
    LayerSteps *m_steps;
    QTabBar *m_tabs;
    QWidget *m_rule;    ///< the line below the tabs
    QWidget *m_weights; ///< the first tab
    HistogramView *m_histogram;
    QLabel *m_note;
    SpectrumPage *m_spectrum;
    MatrixPage *m_matrix;
    OptionsPage *m_options;
    QWidget *m_figuresBox;
    QGridLayout *m_figures;
    QLabel *m_whyTitle;
    QLabel *m_why;
    QLabel *m_whyPages;
    EmptyState *m_empty;
};

} // namespace pare
