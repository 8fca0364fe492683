#include "widgets/panels/settingeditor.h"

#include "core/base/numbers.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/toggleswitch.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QSignalBlocker>
#include <QSlider>
#include <QWheelEvent>
#include <cmath>

namespace pare {

namespace {

constexpr double widestSlider = 100;

QString textOf(std::string_view text)
{
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

/// A wheel that scrolls the panel must not change what it passes over.
class CalmWheel : public QObject
{
public:
    using QObject::QObject;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        const auto *widget = qobject_cast<QWidget *>(watched);
        if (event->type() != QEvent::Wheel || !widget || widget->hasFocus())
            return false;
        event->ignore();
        return true;
    }
};

} // namespace

QString settingTitle(const SettingInfo &info)
{
    QString title = QCoreApplication::translate("core", info.name.data());
    title[0] = title[0].toUpper();
    return title;
}

QString settingHelp(const SettingInfo &info)
{
    QString help = QCoreApplication::translate("core", info.help);
    if (info.kind == SettingKind::Integer || info.kind == SettingKind::Real) {
        help += '\n' + SettingEditor::tr("From %1 to %2 %3")
                           .arg(QString::fromStdString(formatReal(info.minimum)),
                                QString::fromStdString(formatReal(info.maximum)), textOf(info.unit))
                           .trimmed();
    }
    if (!info.defaultValue.empty())
        help += '\n' + SettingEditor::tr("Default: %1").arg(textOf(info.defaultValue));
    return help;
}

SettingEditor::SettingEditor(const SettingInfo &info, QWidget *parent)
    : QWidget(parent)
    , m_info(info)
{
    auto *line = new QHBoxLayout(this);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(spacing::inside);
    if (info.kind == SettingKind::Integer || info.kind == SettingKind::Real)
        makeNumber();
    else
        makeChoice();
    for (QWidget *widget : std::initializer_list<QWidget *>{m_slider, m_spin, m_combo, m_switch}) {
        if (!widget)
            continue;
        const bool alone = widget != m_spin || !m_slider;
        line->addWidget(widget, alone && widget != m_switch ? 1 : 0);
        widget->setAccessibleName(settingTitle(info));
        widget->setToolTip(settingHelp(info));
        widget->setFocusPolicy(Qt::StrongFocus);
        widget->installEventFilter(new CalmWheel(widget));
    }
    if (m_switch)
        line->addStretch(1);
}

bool SettingEditor::isShare() const
{
    return m_info.unit == "share";
}

void SettingEditor::makeNumber()
{
    m_scale = isShare() ? 100 : 1;
    const double low = m_info.minimum * m_scale;
    const double high = m_info.maximum * m_scale;
    const double step = 1;
    const bool optional = !m_info.excludes.empty() || m_info.defaultValue.empty();
    m_spin = new QDoubleSpinBox;
    m_spin->setLocale(QLocale::c());
    m_spin->setDecimals(isShare() ? 1 : m_info.kind == SettingKind::Integer ? 0 : 3);
    m_spin->setRange(optional ? low - step : low, high);
    m_spin->setSingleStep(step);
    m_spin->setKeyboardTracking(false);
    if (optional)
        m_spin->setSpecialValueText(tr("not used"));
    if (isShare())
        m_spin->setSuffix(tr(" %"));
    else if (!m_info.unit.empty())
        m_spin->setSuffix(' ' + QCoreApplication::translate("core", m_info.unit.data()));
    connect(m_spin, &QDoubleSpinBox::valueChanged, this, [this](double value) {
        if (m_slider) {
            const QSignalBlocker quiet(m_slider);
            m_slider->setValue(qRound(value));
        }
        Q_EMIT edited();
    });
    if (high - low > widestSlider)
        return;
    m_slider = new QSlider(Qt::Horizontal);
    m_slider->setRange(qRound(low), qRound(high));
    m_slider->setPageStep(qMax(1, qRound((high - low) / 10)));
    connect(m_slider, &QSlider::valueChanged, this, [this](int value) {
        const QSignalBlocker quiet(m_spin);
        m_spin->setValue(value);
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
    m_combo = new QComboBox;
    if (m_info.kind == SettingKind::Pattern) {
        m_combo->addItem(tr("not used"), QString());
        for (const char *pattern : {"2:4", "1:4", "4:8", "1:2"})
            m_combo->addItem(QLatin1String(pattern), QLatin1String(pattern));
    } else {
        if (m_info.defaultValue.empty())
            m_combo->addItem(tr("not used"), QString());
        for (const QString &choice : textOf(m_info.choices).split('|'))
            m_combo->addItem(QCoreApplication::translate("core", choice.toUtf8().constData()),
                             choice);
    }
    connect(m_combo, &QComboBox::activated, this, &SettingEditor::edited);
}

void SettingEditor::showNumber(double value)
{
    const QSignalBlocker quietSpin(m_spin);
    m_spin->setValue(value);
    if (m_slider) {
        const QSignalBlocker quietSlider(m_slider);
        m_slider->setValue(qRound(value));
    }
}

void SettingEditor::setValue(const std::optional<QString> &value)
{
    if (m_slider && m_slider->isSliderDown())
        return; // somebody holds it: what was stored before must not take it out of their hand
    if (m_spin) {
        const bool optional = !m_spin->specialValueText().isEmpty();
        const std::string text = value      ? value->toStdString()
                                 : optional ? std::string()
                                            : std::string(m_info.defaultValue);
        const std::optional<double> number = parseReal(text);
        showNumber(number ? *number * m_scale : m_spin->minimum());
    } else if (m_switch) {
        m_switch->setChecked(value == QStringLiteral("yes"));
    } else {
        const QString text = value.value_or(QString());
        if (m_combo->findData(text) < 0)
            m_combo->addItem(text, text); // a pattern that is not among the usual ones
        m_combo->setCurrentIndex(m_combo->findData(text));
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
    const QString text = m_combo->currentData().toString();
    return text.isEmpty() ? std::nullopt : std::optional(text);
}

} // namespace pare
