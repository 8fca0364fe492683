#include "widgets/panels/layersline.h"
#include "widgets/panels/settingeditor.h"
#include "widgets/panels/settingsform.h"

#include <QAccessible>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLabel>
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
    void oneOfFour();
    void kindsThatAreText();
    void smallNumbersSlideFinely();
    void settingImpliesWhatItRequires();
    void shareIsShownInPerCent();
    void dragIsShownAndReleaseIsMeant();
    void layersAsText();
    void layersAreReadFromTheirBeginning();
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
        if (auto *line = editor->findChild<QLineEdit *>({}, Qt::FindDirectChildrenOnly)) {
            line->setText(editor->info().kind == SettingKind::Text ? "tokens.txt" : "0.5");
            Q_EMIT line->editingFinished();
            accept();
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

/// Of four settings in each other's place one counts; the others say so and keep quiet.
void TestSettingsForm::oneOfFour()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("prune.magnitude pattern=2:4")));
    const auto titled = [&form](const char *name) {
        return form.findChild<QLabel *>(QLatin1String(name) + QLatin1String("Title"))
            ->property("kind")
            .isNull();
    };
    QVERIFY(titled("pattern"));
    QVERIFY(!titled("sparsity"));
    QVERIFY(!titled("scope"));
    QVERIFY(!editorOf(form, "sparsity")->value());
    QVERIFY(!editorOf(form, "scope")->value());
    auto *scope = editorOf(form, "scope")->findChild<QComboBox *>();
    QCOMPARE(scope->currentIndex(), -1);
    QCOMPARE(scope->placeholderText(), QString("not used"));
    QCOMPARE(scope->findText(QString()), -1); // no empty line among the choices
    QSignalSpy spy(&form, &SettingsForm::edited);
    editorOf(form, "sparsity")->findChild<QDoubleSpinBox *>()->setValue(60);
    form.setStep(checked(edited(spy)));
    QVERIFY(titled("sparsity"));
    QVERIFY(!titled("pattern"));
    QVERIFY(!editorOf(form, "pattern")->value());
    QCOMPARE(editorOf(form, "scope")->value(), std::optional(QString("matrix")));
    QVERIFY(editorOf(form, "sparsity")
                ->findChild<QDoubleSpinBox *>()
                ->toolTip()
                .contains("Takes the place of: pattern"));
}

void TestSettingsForm::kindsThatAreText()
{
    static constexpr SettingInfo block{
        .name = "block", .kind = SettingKind::Block, .excludes = "pattern", .help = "Whole blocks"};
    SettingEditor blocks(block);
    auto *combo = blocks.findChild<QComboBox *>();
    QVERIFY(combo && combo->isEditable());
    QVERIFY(!blocks.value());
    QSignalSpy spy(&blocks, &SettingEditor::edited);
    combo->lineEdit()->clear();
    QTest::keyClicks(combo->lineEdit(), "8x2");
    QTest::keyClick(combo->lineEdit(), Qt::Key_Return);
    QVERIFY(spy.count() > 0);
    QCOMPARE(blocks.value(), std::optional(QString("8x2")));
    blocks.setValue(QString("16x1"));
    QCOMPARE(blocks.value(), std::optional(QString("16x1")));
    combo->setCurrentIndex(0); // "not used"
    Q_EMIT combo->activated(0);
    QVERIFY(!blocks.value());

    // A kind that this window does not know yet can still be typed.
    static constexpr SettingInfo text{
        .name = "text", .kind = static_cast<SettingKind>(99), .help = "A file of plain text"};
    SettingEditor plain(text);
    auto *line = plain.findChild<QLineEdit *>();
    QVERIFY(line);
    QCOMPARE(line->placeholderText(), QString("A file of plain text"));
    QVERIFY(!line->accessibleName().isEmpty());
    QVERIFY(!plain.value());
    QSignalSpy typed(&plain, &SettingEditor::edited);
    QTest::keyClicks(line, "corpus.txt");
    QTest::keyClick(line, Qt::Key_Return);
    QCOMPARE(typed.count(), 1);
    QCOMPARE(plain.value(), std::optional(QString("corpus.txt")));
}

/// A number from 0 to 1 that is no share has more than two places on its slider.
void TestSettingsForm::smallNumbersSlideFinely()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("factorize.asvd alpha=0.5")));
    auto *slider = editorOf(form, "alpha")->findChild<QSlider *>();
    QVERIFY(slider);
    QCOMPARE(slider->maximum() - slider->minimum(), 100);
    QCOMPARE(slider->value(), 50);
    QSignalSpy spy(&form, &SettingsForm::edited);
    slider->setValue(73);
    QCOMPARE(edited(spy).settings.at("alpha"), std::string("0.73"));
}

void TestSettingsForm::settingImpliesWhatItRequires()
{
    SettingsForm form;
    form.setStep(checked(parsedStep("quantize.affine bits=4")));
    QVERIFY(!editorOf(form, "group")->value()); // not its default, which does not count
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

void TestSettingsForm::layersAreReadFromTheirBeginning()
{
    LayersLine line;
    line.setText("role=query,key,value,output and block=0,2-5 and stack=encoder");
    line.setCount(20);
    const int width = line.fontMetrics().averageCharWidth() * 30;
    const QString shown = line.shownText(width);
    QVERIFY(shown.startsWith("role=query"));
    QVERIFY2(shown.endsWith(QString::fromUtf8("… · 20 layers")), qPrintable(shown));
    QVERIFY(line.fontMetrics().horizontalAdvance(shown) <= width);
    line.setText("role=up");
    line.setCount(1);
    QCOMPARE(line.shownText(width), QString::fromUtf8("role=up · 1 layer"));
    line.setCount(-1);
    QCOMPARE(line.shownText(width), QString("role=up"));

    SettingsForm form;
    form.setStep(checked(parsedStep("quantize.affine bits=4 @ role=query,key and block=2-5")));
    form.setTouchedLayers(8);
    const auto *layers = form.findChild<LayersLine *>("layers");
    QVERIFY(layers->toolTip().startsWith("role=query,key and block=2-5\n")); // all of it
    QCOMPARE(layers->cursorPosition(), 0);
}

QTEST_MAIN(TestSettingsForm)
#include "tst_settingsform.moc"
