#include "app/window/sweepdialog.h"

#include "app/window/helppages.h"
#include "core/base/error.h"
#include "widgets/panels/settingeditor.h"
#include "widgets/panels/settingwords.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/words.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QStyle>
#include <QVBoxLayout>
#include <cmath>

namespace pare {

SweepDialog::SweepDialog(std::vector<SweptSetting> settings, std::size_t first, Answers answers,
                         QWidget *parent)
    : QDialog(parent)
    , m_settings(std::move(settings))
    , m_answers(std::move(answers))
    , m_setting(new QComboBox)
    , m_values(new QLineEdit)
    , m_unit(new QLabel)
    , m_outlook(new QLabel)
    , m_copy(new QPushButton(tr("Copy as command")))
    , m_measure(new QPushButton(tr("Measure")))
{
    setObjectName(QStringLiteral("sweepDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Sweep a setting"));
    setHelpPage(this, QStringLiteral("recipe"));
    makeFields();
    arrange();
    m_setting->setCurrentIndex(static_cast<int>(first));
    propose();
    connect(m_setting, &QComboBox::currentIndexChanged, this, &SweepDialog::propose);
    connect(m_values, &QLineEdit::textChanged, this, &SweepDialog::showOutlook);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_answers.command(setting().index, m_forms));
    });
    connect(m_measure, &QPushButton::clicked, this, [this] {
        m_answers.measure(setting().index, m_forms);
        close();
    });
}

void SweepDialog::makeFields()
{
    m_setting->setObjectName(QStringLiteral("sweepSetting"));
    m_setting->setAccessibleName(tr("Setting"));
    m_setting->setToolTip(tr("The setting of the recipe that varies; all else stays as it is"));
    for (const SweptSetting &each : m_settings)
        m_setting->addItem(
            QStringLiteral("%1 · %2").arg(settingTitle(*each.info), translatedName(each.step)));
    m_values->setObjectName(QStringLiteral("sweepValues"));
    m_values->setAccessibleName(tr("Values"));
    m_values->setToolTip(tr("Values with commas between them, or a range with its step: 2..8:2"));
    m_outlook->setObjectName(QStringLiteral("sweepOutlook"));
    m_outlook->setWordWrap(true);
    m_copy->setObjectName(QStringLiteral("sweepCopy"));
    m_copy->setToolTip(tr("The command that does the same in a terminal"));
    m_copy->setAutoDefault(false);
    m_measure->setObjectName(QStringLiteral("sweepMeasure"));
    m_measure->setProperty("primary", true);
    m_measure->setDefault(true);
    m_measure->setToolTip(tr("Puts the runs on the list of jobs, one after the other"));
}

void SweepDialog::arrange()
{
    auto *values = new QHBoxLayout;
    values->setSpacing(spacing::inside);
    values->addWidget(m_values, 1);
    values->addWidget(m_unit);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(spacing::around);
    form->setVerticalSpacing(spacing::inside);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->addRow(tr("Setting"), m_setting);
    form->addRow(tr("Values"), values);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Cancel)->setAutoDefault(false);
    buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
    buttons->addButton(m_measure, QDialogButtonBox::AcceptRole);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(spacing::around, spacing::around, spacing::around, spacing::around);
    column->setSpacing(spacing::wide);
    column->addLayout(form);
    column->addWidget(m_outlook);
    column->addStretch(1);
    column->addWidget(buttons);
    // Room for two lines, so that nothing jumps while values are typed.
    m_outlook->setMinimumHeight(2 * fontMetrics().lineSpacing());
    m_outlook->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    setMinimumWidth(fontMetrics().averageCharWidth() * 72);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::close);
}

const SweptSetting &SweepDialog::setting() const
{
    return m_settings.at(static_cast<std::size_t>(m_setting->currentIndex()));
}

void SweepDialog::propose()
{
    const SettingInfo &info = *setting().info;
    const QString unit = QString::fromUtf8(info.unit.data(), qsizetype(info.unit.size()));
    m_unit->setText(info.unit == "share" ? QStringLiteral("%")
                                         : QCoreApplication::translate("core", unit.toUtf8()));
    m_unit->setVisible(!unit.isEmpty());
    m_values->setText(proposedValues(setting()));
    showOutlook();
}

namespace {

QString durationText(const SweepOutlook &outlook)
{
    if (!outlook.seconds)
        return SweepDialog::tr("How long one takes is known after the first.");
    const auto seconds = static_cast<int>(std::ceil(*outlook.seconds));
    const int minutes = (seconds + 30) / 60;
    if (outlook.atLeast)
        return seconds < 90
                   ? SweepDialog::tr("Answering all examples alone takes about %1 s.").arg(seconds)
                   : SweepDialog::tr("Answering all examples alone takes about %1 min.")
                         .arg(minutes);
    return seconds < 90 ? SweepDialog::tr("About %1 s.").arg(seconds)
                        : SweepDialog::tr("About %1 min.").arg(minutes);
}

QString outlookText(const SweepOutlook &outlook)
{
    const int left = outlook.runs - outlook.measured;
    if (left == 0)
        return SweepDialog::tr("All of them are measured already.");
    QString text = SweepDialog::tr("%n runs to measure.", nullptr, left);
    if (outlook.measured > 0)
        text += ' ' + SweepDialog::tr("%n are measured already.", nullptr, outlook.measured);
    return text + ' ' + durationText(outlook);
}

} // namespace

void SweepDialog::showOutlook()
{
    QString text;
    bool problem = false;
    bool some = false;
    try {
        m_forms = formsOf(setting(), m_values->text());
        const SweepOutlook outlook = m_answers.outlook(setting().index, m_forms);
        problem = outlook.error.has_value();
        some = !problem && outlook.runs > outlook.measured;
        text = problem           ? translated(*outlook.error)
               : m_forms.empty() ? tr("Which values?")
                                 : outlookText(outlook);
    } catch (const Error &error) {
        m_forms.clear();
        problem = true;
        text = translated(error.message());
    }
    m_outlook->setText(text);
    m_outlook->setProperty("kind", problem ? "problem" : "secondary");
    m_outlook->style()->unpolish(m_outlook);
    m_outlook->style()->polish(m_outlook);
    m_copy->setEnabled(!problem && !m_forms.empty());
    m_measure->setEnabled(some);
}

} // namespace pare
