#include "widgets/panels/settingeditor.h"

#include "core/base/numbers.h"
#include "widgets/panels/settingwords.h"
#include "widgets/panels/undokeys.h"
#include "widgets/theme/elided.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/toggleswitch.h"
#include "widgets/theme/words.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSlider>
#include <QTimer>
#include <QWheelEvent>
#include <cmath>

namespace pare {

namespace {

constexpr double widestSlider = 100;

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// Numbers of so unlike sizes (a learning rate, a penalty) that neither a slider nor steps of one
/// length reach them: they are typed.
bool spansMagnitudes(const SettingInfo &info)
{
    return info.kind == SettingKind::Real && info.unit != "share" &&
           (info.maximum >= 1000 || (info.minimum > 0 && info.maximum / info.minimum >= 1000));
}

/// A wheel that scrolls the panel must not change what it passes over; a click into "not used"
/// makes room for a number.
class CalmInput : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (auto *spin = qobject_cast<QDoubleSpinBox *>(watched);
            spin && event->type() == QEvent::FocusIn && !spin->specialValueText().isEmpty() &&
            spin->value() <= spin->minimum())
            QTimer::singleShot(0, spin, &QDoubleSpinBox::selectAll); // once the click has passed
        if (event->type() != QEvent::Wheel || !widget || widget->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

SettingEditor::SettingEditor(const SettingInfo &info, QWidget *parent)
    : QWidget(parent)
    , m_info(info)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::inside);
    switch (info.kind) {
    case SettingKind::Integer:
    case SettingKind::Real:
        if (spansMagnitudes(info))
            makeText();
        else
            makeNumber();
        break;
    case SettingKind::Choice:
        makeChoice();
        break;
    case SettingKind::Pattern:
        makePresets({"2:4", "1:4", "4:8", "1:2"});
        break;
    case SettingKind::Block:
        makePresets({"4x4", "8x8", "16x16", "1x16", "16x1"});
        break;
    default:
        makeText();
    }
    for (QWidget *widget :
         std::initializer_list<QWidget *>{m_slider, m_spin, m_combo, m_switch, m_line}) {
        if (!widget)
            continue;
        const bool alone = widget != m_spin || !m_slider;
        line->addWidget(widget, alone && widget != m_switch ? 1 : 0);
        widget->setAccessibleName(settingTitle(info));
        widget->setToolTip(settingHelp(info));
        widget->setFocusPolicy(Qt::StrongFocus);
        widget->installEventFilter(new CalmInput(widget));
    }
    if (m_switch)
        line->addStretch(1);
}

bool SettingEditor::isShare() const
{
    return m_info.unit == "share";
}

/// Whether a step may do without it.
bool SettingEditor::isOptional() const
{
    return !m_info.excludes.empty() || !m_info.requires_.empty() || m_info.defaultValue.empty();
}

QString SettingEditor::unsetText() const
{
    return *m_info.unset ? QCoreApplication::translate("core", m_info.unset) : tr("not used");
}

void SettingEditor::makeNumber()
{
    m_scale = isShare() ? 100 : 1;
    const double low = m_info.minimum * m_scale;
    const double high = m_info.maximum * m_scale;
    if (m_info.kind == SettingKind::Real && !isShare())
        m_tick = (high - low) / widestSlider;
    const double unset = low - m_tick; // stands for unsetText()
    m_spin = new QDoubleSpinBox;
    m_spin->setDecimals(isShare() ? 1 : m_info.kind == SettingKind::Integer ? 0 : 3);
    m_spin->setRange(isOptional() ? unset : low, high);
    m_spin->setSingleStep(m_tick);
    m_spin->setKeyboardTracking(false);
    passUndoOn(m_spin);
    if (isOptional())
        m_spin->setSpecialValueText(unsetText());
    if (isShare())
        m_spin->setSuffix(tr(" %"));
    else if (!m_info.unit.empty())
        m_spin->setSuffix(' ' + QCoreApplication::translate("core", m_info.unit.data()));
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (m_slider) {
            const QSignalBlocker quiet(m_slider);
            m_slider->setValue(qRound(value / m_tick));
        }
        Q_EMIT edited();
    });
    if ((high - low) / m_tick < widestSlider + 0.5)
        makeSlider(low, high);
}

void SettingEditor::makeSlider(double low, double high)
{
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setMinimumWidth(48); // beside a label and a number on a small screen
    m_slider->setRange(qRound(low / m_tick), qRound(high / m_tick));
    m_slider->setPageStep(qMax(1, qRound((high - low) / m_tick / 10)));
    connect(m_slider, &QSlider::valueChanged, this, [this](int place) {
        const QSignalBlocker quiet(m_spin);
        m_spin->setValue(place * m_tick);
        if (m_slider->isSliderDown())
            Q_EMIT previewed();
        else
            Q_EMIT edited();
    });
    connect(m_slider, &QSlider::sliderReleased, this, &SettingEditor::edited);
}

void SettingEditor::makeChoice()
{
    if (m_info.choices == "yes|no") {
        m_switch = new ToggleSwitch;
        connect(m_switch, &ToggleSwitch::clicked, this, &SettingEditor::edited);
        return;
    }
    m_combo = new ElidedComboBox;
    m_combo->setPlaceholderText(unsetText());
    // A long choice must not widen the panel; its list and its tool tip have the whole of it.
    m_combo->setMinimumContentsLength(8);
    if (m_info.defaultValue.empty())
        m_combo->addItem(unsetText(), QString());
    for (const QString &choice : textOf(m_info.choices).split('|'))
        m_combo->addItem(choiceTitle(m_info, choice.toStdString()), choice);
    connect(m_combo, &QComboBox::activated, this, &SettingEditor::edited);
}

/// A text with a form of its own: the usual ones to choose from, any other to be typed.
void SettingEditor::makePresets(const QStringList &presets)
{
    m_combo = new QComboBox;
    m_combo->setEditable(true);
    m_combo->setInsertPolicy(QComboBox::NoInsert);
    m_combo->setCompleter(nullptr); // what is typed is meant as it stands
    m_combo->lineEdit()->setPlaceholderText(unsetText());
    m_combo->lineEdit()->setAccessibleName(settingTitle(m_info));
    m_combo->lineEdit()->setToolTip(settingHelp(m_info));
    m_combo->addItem(unsetText(), QString());
    for (const QString &preset : presets)
        m_combo->addItem(preset, preset);
    m_combo->setCurrentIndex(-1);
    connect(m_combo, &QComboBox::activated, this, [this](int index) {
        m_combo->setEditText(m_combo->itemData(index).toString());
        Q_EMIT edited();
    });
    connect(m_combo->lineEdit(), &QLineEdit::editingFinished, this, &SettingEditor::edited);
}

void SettingEditor::makeText()
{
    m_line = new QLineEdit;
    m_line->setPlaceholderText(!spansMagnitudes(m_info)
                                   ? QCoreApplication::translate("core", m_info.help)
                               : m_info.defaultValue.empty() ? unsetText()
                                                             : textOf(m_info.defaultValue));
    connect(m_line, &QLineEdit::editingFinished, this, &SettingEditor::edited);
}

void SettingEditor::showNumber(double value)
{
    const QSignalBlocker quietSpin(m_spin);
    m_spin->setValue(value);
    if (m_slider) {
        const QSignalBlocker quietSlider(m_slider);
        m_slider->setValue(qRound(value / m_tick));
    }
}

void SettingEditor::setValue(const std::optional<QString> &value)
{
    if (m_slider && m_slider->isSliderDown())
        return; // somebody holds it: what was stored before must not take it out of their hand
    if (m_spin) {
        const std::string text = value          ? value->toStdString()
                                 : isOptional() ? std::string()
                                                : std::string(m_info.defaultValue);
        const std::optional<double> number = parseReal(text);
        showNumber(number ? *number * m_scale : m_spin->minimum());
    } else if (m_switch) {
        m_switch->setChecked(value == QStringLiteral("yes"));
    } else if (m_line) {
        m_line->setText(value.value_or(QString()));
    } else if (m_combo->isEditable()) {
        const QSignalBlocker quiet(m_combo);
        m_combo->setEditText(value.value_or(QString()));
    } else {
        m_combo->setCurrentIndex(m_combo->findData(value.value_or(QString())));
    }
}

QString SettingEditor::numberText() const
{
    if (m_info.kind == SettingKind::Integer)
        return QString::number(qRound64(m_spin->value()));
    // Back from per cent without the digits that dividing would add.
    return QString::fromStdString(formatReal(std::round(m_spin->value() / m_scale * 1e6) / 1e6));
}

std::optional<QString> SettingEditor::value() const
{
    if (m_spin) {
        const bool unset =
            !m_spin->specialValueText().isEmpty() && m_spin->value() <= m_spin->minimum();
        return unset ? std::nullopt : std::optional(numberText());
    }
    if (m_switch)
        return m_switch->isChecked() ? QStringLiteral("yes") : QStringLiteral("no");
    const QString text = m_line                  ? m_line->text().trimmed()
                         : m_combo->isEditable() ? m_combo->currentText().trimmed()
                                                 : m_combo->currentData().toString();
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

} // namespace pare
