// The recipe in the window as a person makes it, by clicks and keys, and what map and inspector then show.
#include "tests/support/windowtest.h"

#include "app/window/layerselection.h"
#include "app/window/workspace.h"
#include "core/base/files.h"
#include "widgets/layermap/layermappanel.h"
#include "widgets/panels/choicebutton.h"
#include "widgets/panels/datachoice.h"
#include "widgets/panels/jobstrip.h"
#include "widgets/panels/noticebar.h"
#include "widgets/panels/runspanel.h"
#include "widgets/panels/settingeditor.h"
#include "widgets/theme/toggleswitch.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QContextMenuEvent>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMimeData>
#include <QPushButton>
#include <QSlider>
#include <QSpinBox>
#include <cmath>

using namespace pare;
using test::patience;
using test::textOf;

class TestWindowRecipe : public test::WindowTest
{
    Q_OBJECT

private Q_SLOTS:
    void addTechniqueByClicks();
    void calibratedTechniqueSaysWhatItNeeds();
    void unknownSizeIsSaid();
    void notesStayInSight();
    void techniqueGoesToSelectedLayers();
    void spaceTogglesLayer();
    void hitsAreWalkedThrough();
    void layersHaveAMenu();
    void sliderChangesSizeAtOnce();
    void impossibleRecipesHaveNoSize();
    void draggedSettingIsKept();
    void undoAndRedoByKeys();
    void inspectorShowsLayer();
    void inspectedLayerLeavesTheWindow();
    void inspectorSumsSeveral();
    void mapSaysTheRank();

private:
    LayerMap *map() { return m_window->workspace()->mapPanel()->map(); }
    void add(const char *technique);
    void measure();
    void clickCell(const char *name, Qt::KeyboardModifiers modifiers = {});
};

void TestWindowRecipe::add(const char *technique)
{
    QTest::mouseClick(find<QPushButton>("addTechnique"), Qt::LeftButton);
    QTest::mouseClick(find<ChoiceButton>(technique), Qt::LeftButton);
}

void TestWindowRecipe::measure()
{
    QSignalSpy finished(&document(), &Document::runFinished);
    QTest::mouseClick(find<QPushButton>("measure"), Qt::LeftButton);
    QVERIFY(finished.count() > 0 || finished.wait(patience));
}

void TestWindowRecipe::clickCell(const char *name, Qt::KeyboardModifiers modifiers)
{
    const auto cell = map()->data().find(name);
    QVERIFY(cell);
    map()->ensureVisible(*cell);
    QTest::mouseClick(map()->viewport(), Qt::LeftButton, modifiers,
                      map()->cellRect(*cell).center().toPoint());
}

void TestWindowRecipe::addTechniqueByClicks()
{
    openTiny();
    const QString before = find<QLabel>("sizeValue")->text();
    add("quantize.affine");
    QCOMPARE(document().choices().steps.size(), 1u);
    QVERIFY(find<QAction>("undo")->text().contains("addition of "));
    QTRY_VERIFY(find<StepCard>("step0")->isVisible()); // once the layout has placed it
    QVERIFY(find<StepCard>("step0")->data().effect.contains("18"));
    QVERIFY(find<QLabel>("sizeValue")->text() != before);
    QVERIFY(!map()->data().cells[*map()->data().find("encoder.0.ffn.up")].state.badges.isEmpty());
    QTest::mouseClick(find<StepCard>("step0")->findChild<ToggleSwitch *>(), Qt::LeftButton);
    QVERIFY(!document().choices().steps.front().enabled);
    QCOMPARE(find<QLabel>("sizeValue")->text(), before);
    QTest::mouseClick(find<QPushButton>("removeStep"), Qt::LeftButton);
    QVERIFY(document().choices().steps.empty());
}

/// Chosen without data it is counted, explained in three places, and measured once there are data.
void TestWindowRecipe::calibratedTechniqueSaysWhatItNeeds()
{
    openTiny();
    const auto *notice = m_window->findChild<NoticeBar *>();
    QVERIFY(!notice->isVisible());
    add("prune.wanda");
    QVERIFY(notice->isVisible());
    QVERIFY(notice->notice().text.contains("calibration data"));
    QVERIFY(notice->notice().action.contains("calibration"));
    QVERIFY(find<StepCard>("step0")->data().error.contains("calibration data"));
    QVERIFY(find<StepCard>("step0")->data().effect.contains("18"));
    QVERIFY(!find<QPushButton>("measure")->isEnabled());
    QVERIFY(find<QPushButton>("measure")->toolTip().contains("calibration"));
    QVERIFY(test::chooseData(document(), DataUse::Calibration, textOf(m_tiny.data)));
    QVERIFY(!notice->isVisible());
    QVERIFY(find<StepCard>("step0")->data().error.isEmpty());
    QCOMPARE(find<DataChoice>("calibrationData")->text(),
             QFileInfo(textOf(m_tiny.data)).fileName());
    find<QSpinBox>("calibrationExamples")->setValue(16);
    QCOMPARE(document().choices().calibrationExamples, 16);
    measure();
    QCOMPARE(document().runs().front().calibrationExamples, 16);
    QTRY_VERIFY_WITH_TIMEOUT(document().currentRun(), patience);
    document().undo();
    QCOMPARE(find<QSpinBox>("calibrationExamples")->value(), 128);
}

void TestWindowRecipe::unknownSizeIsSaid()
{
    openTiny();
    document().addStep(parsedStep("prune.magnitude sparsity=0.5 scope=global"));
    QCOMPARE(find<QLabel>("sizeValue")->text(), QString("–"));
    QVERIFY(m_window->workspace()->meter()->data().size.remark.contains("after measuring"));
    QVERIFY(find<StepCard>("step0")->data().effect.contains("after measuring"));
    const LayerMapData &data = map()->data();
    QVERIFY(!data.cells[*data.find("encoder.1.ffn.up")].state.bytes);
    QVERIFY(data.cells[*data.find("embedding.token")].state.bytes);
    clickCell("encoder.1.ffn.up");
    const auto *inspector = m_window->workspace()->inspectorPanel();
    QVERIFY(inspector->data().lines.join(' ').contains("after measuring"));
    QTRY_VERIFY_WITH_TIMEOUT(inspector->data().histogramNote.contains("after measuring"), patience);
    measure();
    QTRY_VERIFY_WITH_TIMEOUT(document().currentRun(), patience);
    QVERIFY(find<QLabel>("sizeValue")->text() != QString("–"));
    QVERIFY(map()->data().cells[*map()->data().find("encoder.1.ffn.up")].state.bytes);
}

void TestWindowRecipe::notesStayInSight()
{
    openTiny();
    document().addStep(parsedStep("quantize.affine bits=8"));
    document().addStep(parsedStep("quantize.affine bits=4 @ block=0"));
    auto *notes = find<QLabel>("notes");
    QTRY_VERIFY(notes->isVisible());
    QVERIFY(!document().plan().notes.empty());
    QVERIFY(notes->text().contains("bits=4"));
    document().removeStep(1);
    QVERIFY(!notes->isVisible());
}

void TestWindowRecipe::techniqueGoesToSelectedLayers()
{
    openTiny();
    clickCell("encoder.0.ffn.up");
    clickCell("encoder.1.ffn.up", Qt::ControlModifier);
    add("prune.magnitude");
    QCOMPARE(document().choices().steps.front().step.layers, std::string("role=up and block=0-1"));
    clickCell("encoder.2.ffn.down");
    QTest::mouseClick(find<QPushButton>("useSelection"), Qt::LeftButton);
    QCOMPARE(document().choices().steps.front().step.layers, std::string("encoder.2.ffn.down"));
}

void TestWindowRecipe::spaceTogglesLayer()
{
    openTiny();
    add("quantize.affine");
    clickCell("encoder.2.ffn.down");
    QTest::keyClick(map(), Qt::Key_Space);
    QCOMPARE(document().plan().steps.front().layers, 17);
    QTest::keyClick(map(), Qt::Key_Space);
    QCOMPARE(document().plan().steps.front().layers, 18);
}

void TestWindowRecipe::hitsAreWalkedThrough()
{
    openTiny();
    auto *line = find<QLineEdit>("mapFind");
    line->setText("encoder.*.ffn.up");
    const QStringList hits = map()->selection();
    QVERIFY(hits.size() >= 2);
    const auto current = [this] {
        return QString::fromStdString(map()->data().cells[*map()->currentCell()].name);
    };
    QTest::keyClick(m_window.get(), Qt::Key_F3);
    QCOMPARE(current(), hits.first());
    QCOMPARE(find<QLabel>("mapFound")->text(), QString("hit 1 of %1").arg(hits.size()));
    QVERIFY(map()->hasFocus());
    QTest::keyClick(m_window.get(), Qt::Key_F3);
    QCOMPARE(current(), hits[1]);
    QTest::keyClick(m_window.get(), Qt::Key_F3, Qt::ShiftModifier);
    QTest::keyClick(m_window.get(), Qt::Key_F3, Qt::ShiftModifier);
    QCOMPARE(current(), hits.last()); // round the end
    QCOMPARE(map()->selection(), QStringList(hits.last()));
    QTest::keyClick(line, Qt::Key_Return); // all of them again
    QCOMPARE(map()->selection(), hits);
    QCOMPARE(find<QLabel>("mapFound")->text(),
             QString("%1 of %2").arg(hits.size()).arg(document().model().layers.size()));
    line->clear();
    QTest::keyClick(m_window.get(), Qt::Key_F3);
    QVERIFY(line->hasFocus());
}

void TestWindowRecipe::layersHaveAMenu()
{
    openTiny();
    add("quantize.affine");
    const char *name = "encoder.1.ffn.up";
    const auto menu = [&](QContextMenuEvent::Reason reason) {
        const QPoint at = reason == QContextMenuEvent::Mouse
                              ? map()->cellRect(*map()->data().find(name)).center().toPoint()
                              : QPoint();
        QContextMenuEvent event(reason, at, map()->viewport()->mapToGlobal(at));
        QApplication::sendEvent(map()->viewport(), &event);
        auto *popup = qobject_cast<QMenu *>(QApplication::activePopupWidget());
        return popup;
    };
    const auto trigger = [&](const char *action, QContextMenuEvent::Reason reason) {
        QMenu *popup = menu(reason);
        QVERIFY(popup);
        QCOMPARE(popup->actions().first()->text(), QString(name));
        QVERIFY(popup->actions().contains(find<QAction>("mapCopyPicture")));
        auto *found = popup->findChild<QAction *>(action);
        QVERIFY2(found && found->isEnabled(), action);
        found->trigger();
        popup->close();
    };
    const auto acts = [&] {
        const std::vector<std::string> layers =
            layersOf(document().choices().steps.front().step, document().model());
        return std::ranges::count(layers, name) > 0;
    };
    QVERIFY(acts());
    trigger("layerStep0", QContextMenuEvent::Mouse);
    QVERIFY(!acts());
    map()->chooseCell(*map()->data().find(name));
    trigger("layerStep0", QContextMenuEvent::Keyboard);
    QVERIFY(acts());
    trigger("layerRole", QContextMenuEvent::Mouse);
    QVERIFY(map()->selection().contains("encoder.0.ffn.up"));
    QVERIFY(!map()->selection().contains("encoder.1.ffn.down"));
    trigger("layerBlock", QContextMenuEvent::Mouse);
    QVERIFY(map()->selection().contains("encoder.1.ffn.down"));
    QVERIFY(!map()->selection().contains("encoder.0.ffn.up"));
    trigger("layerCopyName", QContextMenuEvent::Mouse);
    QCOMPARE(QApplication::clipboard()->text(), QString(name));
}

void TestWindowRecipe::sliderChangesSizeAtOnce()
{
    openTiny();
    add("quantize.affine");
    const QString eight = find<QLabel>("sizeValue")->text();
    auto *spin = find<SettingEditor>("bits")->findChild<QDoubleSpinBox *>();
    spin->setValue(3);
    QCOMPARE(document().choices().steps.front().step.integer("bits"), 3);
    QVERIFY(find<QLabel>("sizeValue")->text() != eight);
    QVERIFY(find<StepCard>("step0")->data().title.startsWith("3"));
}

/// What is dragged to is what stands there after the release, and what is measured.
void TestWindowRecipe::impossibleRecipesHaveNoSize()
{
    openTiny();
    document().addStep(parsedStep("quantize.affine bits=4"));
    const auto size = [this] { return m_window->workspace()->meter()->data().size; };
    QCOMPARE(size().kind, "exact");
    document().addStep(parsedStep("factorize.svd rank=30")); // of 32 x 32 it saves nothing
    QVERIFY(document().plan().error);
    QCOMPARE(size().kind, "not known");
    QVERIFY(size().value.isEmpty());
    QVERIFY(size().details.contains("saves nothing"));
    document().undo();
    QCOMPARE(size().kind, "exact");
}

void TestWindowRecipe::draggedSettingIsKept()
{
    openTiny();
    add("quantize.affine");
    auto *editor = find<SettingEditor>("bits");
    auto *slider = editor->findChild<QSlider *>();
    auto *spin = editor->findChild<QDoubleSpinBox *>();
    slider->setSliderDown(true);
    for (int bits = 7; bits >= 5; --bits) {
        slider->setValue(bits);
        QCOMPARE(spin->value(), bits);
        QCOMPARE(slider->value(), bits);
    }
    QCOMPARE(document().choices().steps.front().step.integer("bits"), 8); // not meant yet
    slider->setSliderDown(false);
    QCOMPARE(document().choices().steps.front().step.integer("bits"), 5);
    QCOMPARE(spin->value(), 5);
    measure();
    QCOMPARE(document().runs().back().recipe.steps.front().integer("bits"), 5);
}

void TestWindowRecipe::undoAndRedoByKeys()
{
    openTiny();
    add("quantize.affine");
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier);
    QVERIFY(document().choices().steps.empty());
    QTest::keyClick(m_window.get(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(document().choices().steps.size(), 1u);
}

void TestWindowRecipe::inspectorShowsLayer()
{
    openTiny();
    add("quantize.affine");
    clickCell("encoder.1.ffn.up");
    const auto *inspector = m_window->workspace()->inspectorPanel();
    QCOMPARE(inspector->data().title, QString("encoder.1.ffn.up"));
    QTRY_VERIFY_WITH_TIMEOUT(inspector->data().histogram.has_value(), patience);
    QVERIFY(!inspector->data().histogram->after.empty());
    QVERIFY(inspector->data().lines.first().contains("64 × 32"));
}

void TestWindowRecipe::inspectedLayerLeavesTheWindow()
{
    openTiny();
    add("quantize.affine");
    clickCell("encoder.1.ffn.up");
    InspectorPanel *inspector = m_window->workspace()->inspectorPanel();
    const auto look = [&](InspectorTab tab) { // each is made when it is looked at
        inspector->setTab(tab);
        Q_EMIT inspector->tabChanged(tab);
    };
    QTRY_VERIFY_WITH_TIMEOUT(inspector->data().histogram.has_value(), patience);
    look(InspectorTab::Spectrum);
    QTRY_VERIFY_WITH_TIMEOUT(inspector->data().spectrum.spectrum, patience);
    look(InspectorTab::Matrix);
    QTRY_VERIFY_WITH_TIMEOUT(inspector->data().matrix.pictures, patience);
    const auto copied = [this](const char *action, const char *format) {
        QApplication::clipboard()->clear();
        find<QAction>(action)->trigger();
        const QMimeData *held = QApplication::clipboard()->mimeData();
        return held ? held->data(QLatin1String(format)) : QByteArray();
    };
    QVERIFY(copied("histogramCopyFigures", "text/csv").startsWith("weight_low,"));
    QVERIFY(copied("spectrumCopyFigures", "text/csv").startsWith("rank,"));
    QVERIFY(copied("matrixCopyFigures", "text/csv").startsWith("row_first,"));
    QVERIFY(copied("mapCopyFigures", "text/csv").startsWith("layer,"));
    QVERIFY(copied("histogramCopyPicture", "image/svg+xml").contains("<svg"));
    QVERIFY(QApplication::clipboard()->mimeData()->hasImage());
    QVERIFY(copied("lossCopyFigures", "text/csv").isEmpty()); // nothing was trained
    Q_EMIT find<QMenu>("matrixMenu")->aboutToShow();
    QVERIFY(find<QAction>("matrixSavePicture")->isEnabled());
    Q_EMIT find<QMenu>("lossMenu")->aboutToShow();
    QVERIFY(!find<QAction>("lossSavePicture")->isEnabled());
    find<QAction>("spectrumSavePicture")->trigger();
    auto *dialog = find<FigureDialog>("figureDialog");
    QVERIFY(dialog);
    QCOMPARE(dialog->findChild<QComboBox *>("figureSubject")->currentText(),
             "The layer's singular values");
    QVERIFY(dialog->content("csv").startsWith("rank,singular_value,"));
    QVERIFY(dialog->content("pdf").startsWith("%PDF-"));
    dialog->close();
}

void TestWindowRecipe::inspectorSumsSeveral()
{
    openTiny();
    clickCell("encoder.1.ffn.up");
    clickCell("encoder.1.ffn.down", Qt::ControlModifier);
    const InspectorData &data = m_window->workspace()->inspectorPanel()->data();
    QVERIFY(data.title.startsWith("2 "));
    const std::int64_t bytes = document().model().find("encoder.1.ffn.up")->bytes +
                               document().model().find("encoder.1.ffn.down")->bytes;
    QCOMPARE(data.figures.front().second, bytesText(bytes));
}

void TestWindowRecipe::mapSaysTheRank()
{
    openTiny();
    add("factorize.svd");
    const LayerMapData &data = map()->data();
    const LayerMapCell &up = data.cells[*data.find("encoder.0.ffn.up")];
    const double half = 0.5 * static_cast<double>(up.shape[0] * up.shape[1]) /
                        static_cast<double>(up.shape[0] + up.shape[1]);
    QCOMPARE(up.state.badges, QStringList(QString("r%1").arg(std::floor(half))));
    // By a share of the energy, or an error, the rank is known once it was carried out.
    for (const char *setting : {"energy=0.5", "error=0.6"}) {
        document().setSteps({{checked(parsedStep(std::string("factorize.svd ") + setting)), true}});
        QTRY_VERIFY_WITH_TIMEOUT(!document().plan().layers.empty(), patience);
        measure();
        const LayerRecord &record = *std::ranges::find(document().runs().back().layers,
                                                       "encoder.0.ffn.up", &LayerRecord::name);
        const auto rank = storedRank(record);
        QVERIFY2(rank && *rank > 0, record.storage.c_str());
        const LayerMapData &measured = map()->data();
        const LayerState &state = measured.cells[*measured.find("encoder.0.ffn.up")].state;
        QCOMPARE(state.badges, QStringList(QString("r%1").arg(*rank)));
        QVERIFY2(state.technique.contains(QString("(r%1)").arg(*rank)),
                 qPrintable(state.technique));
    }
}

QTEST_MAIN(TestWindowRecipe)
#include "tst_windowrecipe.moc"
