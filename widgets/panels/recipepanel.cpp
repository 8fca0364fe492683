#include "widgets/panels/recipepanel.h"

#include "widgets/charts/scheduleview.h"
#include "widgets/panels/settingsform.h"
#include "widgets/panels/techniquechooser.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QToolButton>

namespace pare {

RecipePanel::RecipePanel(QWidget *parent)
    : QScrollArea(parent)
    , m_runTitle(new QLabel)
    , m_order(new QLabel(tr("applied in this order")))
    , m_presets(new QToolButton)
    , m_cardColumn(new QVBoxLayout)
    , m_empty(new QLabel(tr("Nothing is done to the model yet. Add a technique: to all layers it "
                            "is made for, or to those selected on the map.")))
    , m_add(new QPushButton(tr("+ Add a technique")))
    , m_chooser(new TechniqueChooser(this))
    , m_strength(new StrengthLine)
    , m_settingsTitle(new QLabel)
    , m_form(new SettingsForm)
    , m_schedules(new ScheduleView)
    , m_notes(new QLabel)
    , m_dataSection(new DataSection)
    , m_footer(new QLabel)
{
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    m_empty->setProperty("kind", "secondary");
    m_empty->setWordWrap(true);
    m_empty->setContentsMargins(spacing::inside, 0, spacing::inside, 0);
    m_add->setObjectName(QStringLiteral("addTechnique"));
    m_add->setProperty("dashed", true);
    m_add->setToolTip(tr("What each would save, by family"));
    for (QLabel *label : {m_notes, m_footer}) {
        label->setProperty("kind", "secondary");
        label->setFont(smallerFont(font()));
        label->setWordWrap(true);
        label->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
        label->setContentsMargins(spacing::inside, 0, spacing::inside, 0);
    }
    m_notes->setObjectName(QStringLiteral("notes"));
    m_notes->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_cardColumn->setSpacing(spacing::inside);
    m_runNotice = makeRunNotice();
    m_settings = makeSettings();

    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(spacing::inside, spacing::inside, spacing::inside, spacing::around);
    column->setSpacing(spacing::inside);
    column->addWidget(m_runNotice);
    column->addLayout(makeHead());
    column->addWidget(m_strength); // over the cards, whose number may change while it is dragged
    column->addWidget(m_empty);
    column->addLayout(m_cardColumn);
    column->addWidget(m_notes);
    column->addWidget(m_add);
    column->addWidget(m_settings);
    column->addStretch(1);
    column->addWidget(m_dataSection);
    column->addWidget(m_footer);
    setWidget(content);

    connect(m_add, &QPushButton::clicked, this, &RecipePanel::chooseTechnique);
    connect(m_chooser, &TechniqueChooser::techniqueChosen, this, &RecipePanel::techniqueAdded);
    connect(m_strength, &StrengthLine::previewed, this, &RecipePanel::strengthPreviewed);
    connect(m_strength, &StrengthLine::chosen, this, &RecipePanel::strengthChosen);
    connect(m_strength, &StrengthLine::askRequested, this, &RecipePanel::sensitivityWanted);
    connectData();
    setData({});
}

/// Narrower, it would cut off what cannot scroll sideways; some sentences may wrap another time.
QSize RecipePanel::minimumSizeHint() const
{
    constexpr int least = 296; // as with settings, so that the map does not give way to the first step
    constexpr int most = 340;
    const int content = widget() ? widget()->minimumSizeHint().width() : 0;
    return {qBound(least, content + verticalScrollBar()->sizeHint().width(), most), 160};
}

bool RecipePanel::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == widget() && event->type() == QEvent::LayoutRequest)
        updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

QLayout *RecipePanel::makeHead()
{
    m_order->setProperty("kind", "secondary");
    m_order->setFont(smallerFont(font()));
    m_order->setContentsMargins(spacing::inside, 0, 0, 0);
    m_presets->setObjectName(QStringLiteral("presets"));
    m_presets->setText(tr("Presets"));
    m_presets->setToolTip(tr("Recipes to begin with"));
    m_presets->setPopupMode(QToolButton::InstantPopup);
    m_presets->setAutoRaise(true);
    m_presets->hide();
    auto *line = new QHBoxLayout;
    line->addWidget(m_order);
    line->addStretch(1);
    line->addWidget(m_presets);
    return line;
}

void RecipePanel::setPresets(QMenu *menu)
{
    m_presets->setMenu(menu);
    m_presets->setVisible(m_data.editable);
}

void RecipePanel::connectData()
{
    connect(m_chooser, &TechniqueChooser::calibrationFileRequested, this,
            [this] { Q_EMIT dataFileRequested(DataUse::Calibration); });
    connect(m_chooser, &TechniqueChooser::calibrationChosen, this,
            [this](const QString &source) { Q_EMIT dataChosen(DataUse::Calibration, source); });
    connect(m_dataSection, &DataSection::fileRequested, this, &RecipePanel::dataFileRequested);
    connect(m_dataSection, &DataSection::sourceChosen, this, &RecipePanel::dataChosen);
    connect(m_dataSection, &DataSection::calibrationExamplesChanged, this,
            &RecipePanel::calibrationExamplesChanged);
}

QWidget *RecipePanel::makeRunNotice()
{
    auto *notice = new QFrame;
    notice->setProperty("kind", "notice");
    m_runTitle->setWordWrap(true);
    auto *restore = new QPushButton(tr("Use this recipe"));
    restore->setObjectName(QStringLiteral("restoreRun"));
    restore->setToolTip(tr("The steps of this run take the place of yours; undo brings them back"));
    auto *back = new QPushButton(tr("Back to mine"));
    back->setObjectName(QStringLiteral("backToRecipe"));
    back->setFlat(true);
    back->setToolTip(tr("Show the recipe as it stands"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(restore);
    buttons->addWidget(back);
    buttons->addStretch(1);
    auto *column = new QVBoxLayout(notice);
    column->setContentsMargins(spacing::wide, spacing::inside, spacing::wide, spacing::inside);
    column->addWidget(m_runTitle);
    column->addLayout(buttons);
    connect(restore, &QPushButton::clicked, this, &RecipePanel::restoreRequested);
    connect(back, &QPushButton::clicked, this, &RecipePanel::backRequested);
    return notice;
}

QWidget *RecipePanel::makeSettings()
{
    auto *settings = new QWidget;
    m_settingsTitle->setProperty("kind", "heading");
    m_settingsTitle->setWordWrap(true);
    m_settingsTitle->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    auto *remove = new QPushButton(tr("Remove this step"));
    remove->setObjectName(QStringLiteral("removeStep"));
    remove->setToolTip(tr("Undo brings it back"));
    auto *column = new QVBoxLayout(settings);
    column->setContentsMargins(spacing::inside, spacing::inside, spacing::inside, spacing::inside);
    column->setSpacing(spacing::inside);
    column->addWidget(m_settingsTitle);
    column->addWidget(m_form);
    column->addWidget(m_schedules);
    column->addWidget(remove, 0, Qt::AlignRight);
    connect(remove, &QPushButton::clicked, this, [this] {
        if (m_data.chosen)
            Q_EMIT stepRemoved(*m_data.chosen);
    });
    connect(m_form, &SettingsForm::previewed, this, [this](const Step &step) {
        if (m_data.chosen)
            Q_EMIT stepPreviewed(*m_data.chosen, step);
    });
    connect(m_form, &SettingsForm::edited, this, [this](const Step &step) {
        if (m_data.chosen)
            Q_EMIT stepEdited(*m_data.chosen, step);
    });
    connect(m_form, &SettingsForm::selectionWanted, this, [this] {
        if (m_data.chosen)
            Q_EMIT selectionWanted(*m_data.chosen);
    });
    return settings;
}

void RecipePanel::resizeCards(std::size_t count)
{
    while (m_cards.size() > count) {
        m_cards.back()->hide();
        m_cards.back()->deleteLater(); // it may be the sender of what led here
        m_cards.pop_back();
    }
    while (m_cards.size() < count) {
        auto *card = new StepCard;
        const std::size_t index = m_cards.size();
        card->setObjectName(QStringLiteral("step%1").arg(index));
        connect(card, &StepCard::chosen, this, [this, index] { Q_EMIT stepChosen(index); });
        connect(card, &StepCard::enabledChanged, this,
                [this, index](bool enabled) { Q_EMIT stepEnabled(index, enabled); });
        connect(card, &StepCard::removalRequested, this,
                [this, index] { Q_EMIT stepRemoved(index); });
        m_cardColumn->addWidget(card);
        m_cards.push_back(card);
    }
}

void RecipePanel::setData(const RecipePanelData &data)
{
    m_data = data;
    resizeCards(data.cards.size());
    for (std::size_t i = 0; i < m_cards.size(); ++i)
        m_cards[i]->setData(data.cards[i]);
    m_runNotice->setVisible(!data.shownRun.isEmpty());
    m_runTitle->setText(tr("Shown: the measured run \"%1\"").arg(data.shownRun));
    m_empty->setVisible(data.cards.empty() && data.shownRun.isEmpty());
    m_order->setVisible(data.cards.size() > 1 && data.notes.isEmpty());
    m_presets->setVisible(data.editable && m_presets->menu());
    m_presets->setEnabled(data.hasModel);
    m_add->setVisible(data.editable);
    m_add->setEnabled(data.hasModel);
    m_add->setText(data.selectedLayers == 0 ? tr("+ Add a technique")
                   : data.selectedLayers == 1
                       ? tr("+ Add to the selected layer")
                       : tr("+ Add to %1 selected layers").arg(data.selectedLayers));
    m_strength->setVisible(data.editable && data.strength.has_value());
    if (data.strength)
        m_strength->setData(*data.strength);
    const bool settings = data.editable && data.chosen.has_value();
    m_settings->setVisible(settings);
    if (settings) {
        m_settingsTitle->setText(tr("Settings: %1").arg(translatedName(data.chosenStep)));
        m_form->setStep(data.chosenStep);
        m_form->setTouchedLayers(data.chosenLayers);
        m_form->setSelectedLayers(data.selectedLayers);
        m_schedules->setPlan(data.schedules);
    }
    m_notes->setText(data.notes.join('\n'));
    m_notes->setVisible(!data.notes.isEmpty());
    m_dataSection->setVisible(data.data.has_value());
    if (data.data)
        m_dataSection->setData(*data.data);
    m_chooser->setCalibration(data.data ? data.data->calibration : DataFieldData());
    m_footer->setText(data.footer);
    m_footer->setVisible(!data.footer.isEmpty());
}

QString RecipePanel::editedSetting() const
{
    return m_data.chosen ? m_form->editedSetting() : QString();
}

void RecipePanel::chooseTechnique()
{
    if (m_add->isVisible() && m_add->isEnabled())
        m_chooser->open(m_add);
}

} // namespace pare
