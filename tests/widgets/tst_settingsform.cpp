#include "widgets/panels/settingeditor.h"
#include "widgets/panels/settingsform.h"

#include <QAccessible>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTest>

using namespace pare;

namespace {

Step edited(const QSignalSpy &spy)
{
    return spy.last().first().value<Step>();
}

SettingEditor *editorOf(const SettingsForm &form, const char *name)
{
    return form.findChild<SettingEditor *>(QLatin1String(name));
}

} // namespace

class TestSettingsForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void everyTechniqueHasItsForm_data();
    void everyTechniqueHasItsForm();
    void everyChangeIsAValidStep_data();
    void everyChangeIsAValidStep();
    void settingsThatExcludeEachOther();
    void settingImpliesWhatItRequires();
    void shareIsShownInPerCent();
    void dragIsShownAndReleaseIsMeant();
    void layersAsText();
};

void TestSettingsForm::everyTechniqueHasItsForm_data()
{
    QTest::addColumn<QString>("id");
    for (const TechniqueInfo &technique : techniqueTable())
        QTest::newRow(technique.id.data())
            << QString::fromUtf8(technique.id.data(), static_cast<qsizetype>(technique.id.size()));
}

void TestSettingsForm::everyTechniqueHasItsForm()
{
    QFETCH(QString, id);
    const TechniqueInfo &technique = techniqueInfo(id.toStdString());
    const Step step = checked(Step{id.toStdString(), {}, {}});
    SettingsForm form;
    form.setStep(step);
    QCOMPARE(form.editors().size(), technique.settings.size());
    for (const SettingEditor *editor : form.editors()) {
        const auto found = step.settings.find(std::string(editor->info().name));
        if (found != step.settings.end())
            QCOMPARE(editor->value(), std::optional(QString::fromStdString(found->second)));
        for (const QWidget *field : editor->findChildren<QWidget *>(Qt::FindDirectChildrenOnly)) {
            QVERIFY2(!field->accessibleName().isEmpty(), editor->info().name.data());
            QVERIFY2(field->toolTip().contains(editor->info().help), editor->info().name.data());
        }
    }
}

void TestSettingsForm::everyChangeIsAValidStep_data()
{
    QTest::addColumn<QString>("id");
    for (const TechniqueInfo &technique : techniqueTable()) {
        const auto length = static_cast<qsizetype>(technique.id.size());
        if (!technique.settings.empty())
            QTest::newRow(technique.id.data()) << QString::fromUtf8(technique.id.data(), length);
    }
}

/// Whatever a person does to one field after another, what comes out is a step that can be checked.
void TestSettingsForm::everyChangeIsAValidStep()
{
    QFETCH(QString, id);
    SettingsForm form;
    form.setStep(checked(Step{id.toStdString(), {}, {}}));
    QSignalSpy spy(&form, &SettingsForm::edited);
    const auto accept = [&] {
        if (!spy.isEmpty())
            form.setStep(checked(edited(spy))); // throws, and fails, where it is not valid
    };
    for (SettingEditor *editor : form.editors()) {
        if (auto *spin = editor->findChild<QDoubleSpinBox *>()) {
            for (const double value :
                 {spin->maximum(), spin->minimum(), (spin->maximum() + spin->minimum()) / 2}) {
                spin->setValue(value);
                accept();
            }
        }
        if (auto *combo = editor->findChild<QComboBox *>()) {
            for (int i = 0; i < combo->count(); ++i) {
                combo->setCurrentIndex(i);
                Q_EMIT combo->activated(i);
                accept();
            }
        }
    }
    QVERIFY(spy.count() > 0);
}

void TestSettingsForm::settingsThatExcludeEachOther()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("factorize.svd keep=0.4")));
    QVERIFY(!editorOf(form, "rank")->value());
    QSignalSpy spy(&form, &SettingsForm::edited);
    editorOf(form, "rank")->findChild<QDoubleSpinBox *>()->setValue(24);
    QCOMPARE(spy.count(), 1);
    const Step step = checked(edited(spy));
    QCOMPARE(step.integer("rank"), 24);
    QVERIFY(!step.has("keep"));
}

void TestSettingsForm::settingImpliesWhatItRequires()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("quantize.affine bits=4")));
    QSignalSpy spy(&form, &SettingsForm::edited);
    editorOf(form, "group")->findChild<QDoubleSpinBox *>()->setValue(32);
    QCOMPARE(edited(spy).settings.at("granularity"), std::string("group"));
    form.setStep(checked(edited(spy)));
    auto *granularity = editorOf(form, "granularity")->findChild<QComboBox *>();
    granularity->setCurrentIndex(granularity->findData("tensor"));
    Q_EMIT granularity->activated(granularity->currentIndex());
    QVERIFY(!edited(spy).has("group"));
}

void TestSettingsForm::shareIsShownInPerCent()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("prune.magnitude sparsity=0.35")));
    auto *spin = editorOf(form, "sparsity")->findChild<QDoubleSpinBox *>();
    QCOMPARE(spin->value(), 35.0);
    QSignalSpy spy(&form, &SettingsForm::edited);
    spin->setValue(62.5);
    QCOMPARE(edited(spy).settings.at("sparsity"), std::string("0.625"));
}

void TestSettingsForm::dragIsShownAndReleaseIsMeant()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("quantize.affine bits=8")));
    auto *slider = editorOf(form, "bits")->findChild<QSlider *>();
    QVERIFY(slider);
    QSignalSpy previewed(&form, &SettingsForm::previewed);
    QSignalSpy meant(&form, &SettingsForm::edited);
    slider->setSliderDown(true);
    slider->setValue(6);
    slider->setValue(4);
    QCOMPARE(previewed.count(), 2);
    QCOMPARE(meant.count(), 0);
    slider->setSliderDown(false);
    QCOMPARE(meant.count(), 1);
    QCOMPARE(edited(meant).settings.at("bits"), std::string("4"));
}

void TestSettingsForm::layersAsText()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("quantize.affine bits=8")));
    QSignalSpy spy(&form, &SettingsForm::edited);
    auto *layers = form.findChild<QLineEdit *>("layers");
    layers->clear();
    QTest::keyClicks(layers, "role=up");
    QTest::keyClick(layers, Qt::Key_Return);
    QCOMPARE(spy.count(), 1);
    QCOMPARE(edited(spy).layers, std::string("role=up"));
    auto *use = form.findChild<QPushButton *>("useSelection");
    QVERIFY(!use->isEnabled());
    form.setSelectedLayers(3);
    QSignalSpy wanted(&form, &SettingsForm::selectionWanted);
    QTest::mouseClick(use, Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

QTEST_MAIN(TestSettingsForm)
#include "tst_settingsform.moc"
