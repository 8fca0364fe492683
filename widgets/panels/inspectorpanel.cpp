#include "widgets/panels/inspectorpanel.h"

#include "widgets/theme/emptystate.h"
#include "widgets/theme/theme.h"

#include <QEvent>
#include <QGridLayout>
#include <QLabel>
#include <QTabBar>
#include <QVBoxLayout>
#include <array>

namespace pare {

namespace {

/// Links in the colour of what can be pressed, which a label with a style of its own does not give
/// them.
class HelpLinks : public QLabel
{
public:
    void setPages(const std::vector<std::pair<QString, QString>> &pages)
    {
        m_pages = pages;
        showPages();
    }

protected:
    void changeEvent(QEvent *event) override
    {
        QLabel::changeEvent(event);
        if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
            showPages();
    }

private:
    void showPages()
    {
        // A styled label has no colours of its own to be light or dark.
        const QString colour = window()->palette().color(QPalette::Link).name();
        QStringList links;
        for (const auto &[page, title] : m_pages)
            links << QStringLiteral("<a href=\"%1\" style=\"color: %2\">%3</a>")
                         .arg(page, colour, title.toHtmlEscaped());
        const QString text =
            InspectorPanel::tr("More in the help: %1").arg(links.join(QStringLiteral(" \u00b7 ")));
        if (text != this->text())
            setText(text);
    }

    std::vector<std::pair<QString, QString>> m_pages;
};

} // namespace

InspectorPanel::InspectorPanel(QWidget *parent)
    : QScrollArea(parent)
    , m_title(new QLabel)
    , m_lines(new QLabel)
    , m_steps(new LayerSteps)
    , m_tabs(new QTabBar)
    , m_rule(new QFrame)
    , m_weights(new QWidget)
    , m_histogram(new HistogramView)
    , m_note(new QLabel)
    , m_spectrum(new SpectrumPage)
    , m_matrix(new MatrixPage)
    , m_options(new OptionsPage)
    , m_figuresBox(new QWidget)
    , m_figures(new QGridLayout(m_figuresBox))
    , m_whyTitle(new QLabel(tr("Why it matters")))
    , m_why(new QLabel)
    , m_whyPages(new HelpLinks)
    , m_empty(new EmptyState(QStringLiteral("inspectorEmpty")))
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_title->setObjectName(QStringLiteral("inspectorTitle"));
    m_title->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_note->setObjectName(QStringLiteral("histogramNote"));
    m_empty->setText(tr("Choose a layer on the map to see its weights, before and after, its "
                        "singular values, its picture and what else it could lose. "
                        "Several layers show their sums."));
    connect(m_empty, &EmptyState::actionRequested, this, &InspectorPanel::fillRequested);
    m_whyTitle->setObjectName(QStringLiteral("whyTitle"));
    m_why->setObjectName(QStringLiteral("why"));
    m_why->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_histogram->setObjectName(QStringLiteral("histogram"));
    m_figuresBox->setObjectName(QStringLiteral("figures"));
    for (QLabel *label : {m_title, m_whyTitle})
        label->setProperty("kind", "heading");
    m_whyPages->setObjectName(QStringLiteral("whyPages"));
    m_whyPages->setTextFormat(Qt::RichText);
    m_whyPages->setTextInteractionFlags(Qt::LinksAccessibleByMouse | Qt::LinksAccessibleByKeyboard);
    connect(m_whyPages, &QLabel::linkActivated, this, &InspectorPanel::helpRequested);
    for (QLabel *label : {m_lines, m_note, m_why, m_whyPages})
        label->setProperty("kind", "secondary");
    for (QLabel *label : {m_title, m_lines, m_note, m_why, m_whyPages}) {
        label->setWordWrap(true);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    }
    m_tabs->setObjectName(QStringLiteral("inspectorTabs"));
    m_tabs->setAccessibleName(tr("What of the layer is shown"));
    m_tabs->setDrawBase(false);
    m_tabs->setFont(smallerFont(font())); // four words in a narrow panel
    m_tabs->setExpanding(false);
    m_tabs->setUsesScrollButtons(false);
    m_tabs->setElideMode(Qt::ElideRight);
    for (const QString &title : {tr("Weights"), tr("Spectrum"), tr("Matrix"), tr("Options")})
        m_tabs->addTab(title);
    m_rule->setProperty("kind", "head"); // nothing but its line below
    m_rule->setFixedHeight(1);
    m_histogram->setMinimumHeight(150);
    arrange();
    connect(m_tabs, &QTabBar::currentChanged, this, [this] {
        showTab();
        Q_EMIT tabChanged(tab());
    });
    connect(m_steps, &LayerSteps::switched, this, &InspectorPanel::stepSwitched);
    connect(m_steps, &LayerSteps::strengthPreviewed, this, &InspectorPanel::stepStrengthPreviewed);
    connect(m_steps, &LayerSteps::strengthChosen, this, &InspectorPanel::stepStrengthChosen);
    connect(m_spectrum, &SpectrumPage::rankChosen, this,
            [this](int rank) { Q_EMIT rankChosen(m_data.layer, rank); });
    connect(m_matrix->view(), &MatrixView::regionWanted, this,
            [this](const QRect &region) { Q_EMIT regionWanted(m_data.layer, region); });
    connect(m_options, &OptionsPage::optionChosen, this, &InspectorPanel::optionChosen);
    setData({});
}

void InspectorPanel::arrange()
{
    auto *weights = new QVBoxLayout(m_weights);
    weights->setContentsMargins(0, spacing::inside, 0, 0);
    weights->setSpacing(spacing::tight);
    weights->addWidget(m_histogram);
    weights->addWidget(m_note);
    m_figures->setContentsMargins(0, spacing::inside, 0, 0);
    m_figures->setColumnStretch(0, 1);
    m_figures->setVerticalSpacing(spacing::tight + 2);

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(spacing::around, spacing::wide, spacing::around, spacing::around);
    column->setSpacing(0);
    column->addWidget(m_empty, 1);
    column->addWidget(m_title);
    column->addSpacing(spacing::tight);
    column->addWidget(m_steps); // over what may take another line while they are moved
    column->addSpacing(spacing::tight);
    column->addWidget(m_lines);
    column->addSpacing(spacing::inside);
    column->addWidget(m_tabs);
    column->addWidget(m_rule);
    for (QWidget *page : std::array<QWidget *, 4>{m_weights, m_spectrum, m_matrix, m_options})
        column->addWidget(page);
    column->addWidget(m_figuresBox);
    column->addSpacing(spacing::around);
    column->addWidget(m_whyTitle);
    column->addSpacing(spacing::tight);
    column->addWidget(m_why);
    column->addSpacing(spacing::tight);
    column->addWidget(m_whyPages);
    column->addStretch(1);
    setWidget(content);
}

InspectorTab InspectorPanel::tab() const
{
    return static_cast<InspectorTab>(m_tabs->currentIndex());
}

void InspectorPanel::setTab(InspectorTab tab)
{
    m_tabs->setCurrentIndex(static_cast<int>(tab));
}

void InspectorPanel::setData(const InspectorData &data)
{
    const bool sameFigures = data.figures == m_data.figures;
    m_data = data;
    const bool something = !data.title.isEmpty();
    m_empty->setVisible(!something);
    m_empty->setAction(data.fill);
    m_title->setText(data.title);
    m_title->setVisible(something);
    m_lines->setText(data.lines.join('\n'));
    m_lines->setVisible(!data.lines.isEmpty());
    m_steps->setSteps(data.steps, data.editable);
    m_histogram->setVisible(data.histogram.has_value());
    if (data.histogram)
        m_histogram->setData(*data.histogram);
    m_note->setText(data.histogramNote);
    m_note->setVisible(!data.histogramNote.isEmpty());
    m_spectrum->setData(data.spectrum);
    m_matrix->setData(data.matrix);
    m_options->setData(data.options);
    m_whyTitle->setVisible(!data.why.isEmpty());
    m_why->setText(data.why);
    m_why->setVisible(!data.why.isEmpty());
    static_cast<HelpLinks *>(m_whyPages)->setPages(data.whyPages);
    m_whyPages->setVisible(!data.why.isEmpty() && !data.whyPages.empty());
    if (!sameFigures)
        showFigures();
    showTab();
}

void InspectorPanel::showTab()
{
    const bool single = !m_data.layer.isEmpty();
    const auto chosen = [&](InspectorTab wanted) { return single && tab() == wanted; };
    m_tabs->setVisible(single);
    m_rule->setVisible(single);
    m_weights->setVisible(chosen(InspectorTab::Weights));
    m_spectrum->setVisible(chosen(InspectorTab::Spectrum));
    m_matrix->setVisible(chosen(InspectorTab::Matrix));
    m_options->setVisible(chosen(InspectorTab::Options));
    m_figuresBox->setVisible(!m_data.figures.empty() && (!single || chosen(InspectorTab::Weights)));
}

void InspectorPanel::showFigures()
{
    while (QLayoutItem *item = m_figures->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const auto &[name, value] : m_data.figures) {
        auto *title = new QLabel(name);
        title->setProperty("kind", "secondary");
        title->setWordWrap(true); // rather than making the panel wider than it is
        auto *figure = new QLabel(value);
        figure->setAlignment(Qt::AlignRight);
        figure->setTextInteractionFlags(Qt::TextSelectableByMouse);
        figure->setAccessibleName(QStringLiteral("%1: %2").arg(name, value));
        m_figures->addWidget(title, row, 0);
        m_figures->addWidget(figure, row, 1);
        ++row;
    }
}

} // namespace pare
