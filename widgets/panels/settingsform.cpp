#include "widgets/panels/settingsform.h"

#include "widgets/panels/layersline.h"
#include "widgets/panels/settingeditor.h"
#include "widgets/panels/settingwords.h"
#include "widgets/theme/theme.h"

#include <QApplication>
#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>

namespace pare {

namespace {

/// "granularity=group" as its two parts.
std::pair<std::string, std::string> requirement(const SettingInfo &setting)
{
    const std::string text(setting.requires_);
    const auto equals = text.find('=');
    return equals == std::string::npos ? std::pair(text, std::string())
                                       : std::pair(text.substr(0, equals), text.substr(equals + 1));
}

bool holds(const Step &step, const SettingInfo &setting)
{
    const auto [name, values] = requirement(setting);
    const auto found = step.settings.find(name);
    return name.empty() || (found != step.settings.end() && isOneOf(values, found->second));
}

QString layersHelp()
{
    return SettingsForm::tr("Which layers: names with *, or role=query,key, block=0,2-5, "
                            "stack=encoder, joined by \"and\", each with \"not\" before it");
}

} // namespace

Step withSetting(Step step, const SettingInfo &setting, const std::optional<std::string> &value)
{
    const TechniqueInfo &technique = techniqueInfo(step.technique);
    const std::string name(setting.name);
    if (!value) {
        step.settings.erase(name);
        return step;
    }
    step.settings[name] = *value;
    for (const SettingInfo &other : technique.settings) {
        if (&other != &setting &&
            (isOneOf(other.excludes, setting.name) || isOneOf(setting.excludes, other.name)))
            step.settings.erase(std::string(other.name));
    }
    if (!holds(step, setting)) {
        const auto [required, wanted] = requirement(setting);
        step.settings[required] = wanted.substr(0, wanted.find('|'));
    }
    for (const SettingInfo &other : technique.settings) {
        if (!holds(step, other))
            step.settings.erase(std::string(other.name));
    }
    return step;
}

SettingsForm::SettingsForm(QWidget *parent)
    : QWidget(parent)
    , m_fields(new QFormLayout(this))
    , m_layers(new LayersLine)
    , m_useSelection(new QPushButton)
{
    m_fields->setContentsMargins(0, 0, 0, 0);
    m_fields->setHorizontalSpacing(spacing::wide);
    m_fields->setVerticalSpacing(spacing::inside);
    m_fields->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_layers->setObjectName(QStringLiteral("layers"));
    m_layers->setAccessibleName(tr("Layers"));
    m_layers->setToolTip(layersHelp());
    m_useSelection->setObjectName(QStringLiteral("useSelection"));
    m_useSelection->setToolTip(tr("The layers selected on the map become the layers of this step"));
    connect(m_useSelection, &QPushButton::clicked, this, &SettingsForm::selectionWanted);
    connect(m_layers, &QLineEdit::editingFinished, this, [this] {
        if (m_layers->text().toStdString() == m_step.layers)
            return;
        Step step = m_step;
        step.layers = m_layers->text().toStdString();
        Q_EMIT edited(step);
    });
    m_fields->addRow(tr("Layers"), m_layers);
    m_fields->addRow(QString(), m_useSelection);
    setSelectedLayers(0);
}

void SettingsForm::setSelectedLayers(int count)
{
    m_useSelection->setEnabled(count > 0);
    m_useSelection->setText(count > 0 ? tr("Use the selection (%1)").arg(count)
                                      : tr("Use the selection"));
}

void SettingsForm::setTouchedLayers(int count)
{
    m_layers->setCount(count);
}

void SettingsForm::makeFields(const TechniqueInfo &technique)
{
    for (SettingEditor *editor : m_editors)
        m_fields->removeRow(editor);
    m_editors.clear();
    m_titles.clear();
    m_edited.clear();
    for (const SettingInfo &setting : technique.settings) {
        auto *editor = new SettingEditor(setting);
        editor->setObjectName(QString::fromStdString(std::string(setting.name)));
        auto *label = new QLabel(settingTitle(setting));
        label->setObjectName(editor->objectName() + QStringLiteral("Title"));
        label->setToolTip(settingHelp(setting));
        label->setBuddy(editor);
        label->setWordWrap(true); // a long title must not widen the panel
        label->setFixedWidth(qMin(fontMetrics().horizontalAdvance(label->text()) + 2,
                                  fontMetrics().averageCharWidth() * 14));
        m_fields->insertRow(static_cast<int>(m_editors.size()), label, editor);
        m_editors.push_back(editor);
        m_titles.push_back(label);
        connect(editor, &SettingEditor::previewed, this,
                [this, editor] { Q_EMIT previewed(stepWith(*editor)); });
        connect(editor, &SettingEditor::edited, this, [this, editor] {
            m_edited = editor->objectName();
            const Step step = stepWith(*editor);
            if (step != m_step)
                Q_EMIT edited(step);
        });
    }
}

QString SettingsForm::editedSetting() const
{
    for (const SettingEditor *editor : m_editors) {
        if (editor->isAncestorOf(QApplication::focusWidget()))
            return editor->objectName();
    }
    return m_edited;
}

Step SettingsForm::stepWith(const SettingEditor &editor) const
{
    const std::optional<QString> value = editor.value();
    return withSetting(m_step, editor.info(),
                       value ? std::optional(value->toStdString()) : std::nullopt);
}

void SettingsForm::setStep(const Step &step)
{
    const bool other = step.technique != m_step.technique;
    m_step = step;
    if (other) {
        const TechniqueInfo &technique = techniqueInfo(step.technique);
        makeFields(technique);
        setProperty("helpPage", QString::fromUtf8(nameOf(technique.family).data()));
        const bool selects = !technique.roles.empty(); // else it is about the whole model
        for (QWidget *widget :
             {static_cast<QWidget *>(m_layers), static_cast<QWidget *>(m_useSelection)}) {
            widget->setVisible(selects);
            if (QWidget *label = m_fields->labelForField(widget))
                label->setVisible(selects);
        }
    }
    refresh();
}

void SettingsForm::refresh()
{
    for (std::size_t i = 0; i < m_editors.size(); ++i) {
        const auto found = m_step.settings.find(std::string(m_editors[i]->info().name));
        const bool there = found != m_step.settings.end();
        m_editors[i]->setValue(there ? std::optional(QString::fromStdString(found->second))
                                     : std::nullopt);
        // Of settings that stand in each other's place, those that count stand out.
        m_titles[i]->setProperty("kind", there ? QVariant() : QVariant("secondary"));
        m_titles[i]->style()->unpolish(m_titles[i]);
        m_titles[i]->style()->polish(m_titles[i]);
    }
    if (const QString layers = QString::fromStdString(m_step.layers); layers != m_layers->text()) {
        m_layers->setText(layers);
        m_layers->setCursorPosition(0);
    }
    m_layers->setToolTip(m_step.layers.empty() ? layersHelp()
                                               : QString::fromStdString(m_step.layers) +
                                                     QStringLiteral("\n\n") + layersHelp());
}

} // namespace pare
