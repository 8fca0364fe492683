// Which teacher layer teaches which student layer: the papers' maps, their text, what is refused.
#include "core/base/error.h"
#include "core/model/teachermap.h"

#include <QTest>

using namespace pare;

namespace {

TeacherMapKind kindNamed(const QString &name)
{
    for (const TeacherMapKind kind : teacherMapKinds) {
        if (name.toStdString() == nameOf(kind))
            return kind;
    }
    qFatal("there is no kind %s", qPrintable(name));
}

/// What the call throws, as people read it; empty: nothing.
template <class Call>
QString refusal(const Call &call)
{
    try {
        call();
    } catch (const Error &error) {
        return error.kind() == ErrorKind::InvalidSetting ? QString(error.what()) : QString("kind");
    }
    return {};
}

} // namespace

class TestTeacherMap : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void ofThePapers_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<int>("student");
        QTest::addColumn<int>("teacher");
        QTest::addColumn<QString>("text");
        QTest::newRow("TinyBERT, 4 of 12: 3 m") << "uniform" << 4 << 12 << "0:2,1:5,2:8,3:11";
        QTest::newRow("TinyBERT, 6 of 12: 2 m")
            << "uniform" << 6 << 12 << "0:1,1:3,2:5,3:7,4:9,5:11";
        QTest::newRow("uniform, no multiple") << "uniform" << 4 << 6 << "0:0,1:2,2:3,3:5";
        QTest::newRow("uniform, 5 of 12") << "uniform" << 5 << 12 << "0:1,1:3,2:6,3:8,4:11";
        QTest::newRow("uniform, equal depths") << "uniform" << 3 << 3 << "0:0,1:1,2:2";
        QTest::newRow("uniform, one layer") << "uniform" << 1 << 7 << "0:6";
        QTest::newRow("top") << "top" << 4 << 12 << "0:8,1:9,2:10,3:11";
        QTest::newRow("bottom") << "bottom" << 4 << 12 << "0:0,1:1,2:2,3:3";
        // The paper counts from 1: 2, 4, 6, 8, 10 and 7 to 11; for three layers 4, 8 and 10, 11.
        QTest::newRow("PKD skip, 6") << "skip" << 6 << 12 << "0:1,1:3,2:5,3:7,4:9";
        QTest::newRow("PKD last, 6") << "last" << 6 << 12 << "0:6,1:7,2:8,3:9,4:10";
        QTest::newRow("PKD skip, 3") << "skip" << 3 << 12 << "0:3,1:7";
        QTest::newRow("PKD last, 3") << "last" << 3 << 12 << "0:9,1:10";
    }
    void ofThePapers()
    {
        QFETCH(QString, kind);
        QFETCH(int, student);
        QFETCH(int, teacher);
        QFETCH(QString, text);
        const TeachingDepths depths{student, teacher};
        const TeacherMap map = TeacherMap::of(kindNamed(kind), depths);
        QCOMPARE(QString::fromStdString(map.text()), text);
        QVERIFY(TeacherMap::parsed(kind.toStdString(), depths) == map);
        QVERIFY(TeacherMap::parsed(map.text(), depths) == map);
    }

    /// At any depths: every layer exists, none is taught by an earlier one than its predecessor,
    /// and the last one learns from the last.
    void uniformAtAnyDepth()
    {
        for (int teacher = 1; teacher <= 26; ++teacher) {
            for (int student = 1; student <= teacher; ++student) {
                const TeachingDepths depths{student, teacher};
                const TeacherMap map = TeacherMap::of(TeacherMapKind::Uniform, depths);
                map.check(depths);
                QCOMPARE(map.pairs().size(), static_cast<std::size_t>(student));
                QCOMPARE(map.pairs().back().teacher, teacher - 1);
                for (std::size_t i = 1; i < map.pairs().size(); ++i)
                    QVERIFY(map.pairs()[i - 1].teacher < map.pairs()[i].teacher);
            }
        }
    }

    void reads_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("pairs") << "0:1,1:3"
                               << "0:1,1:3";
        QTest::newRow("one") << "2:0"
                             << "2:0";
        QTest::newRow("in order of the student") << "3:0,0:5"
                                                 << "0:5,3:0";
        QTest::newRow("spaces") << " 0 : 1 , 1:3 "
                                << "0:1,1:3";
        QTest::newRow("one teacher for two") << "0:4,1:4"
                                             << "0:4,1:4";
    }
    void reads()
    {
        QFETCH(QString, text);
        QFETCH(QString, written);
        QCOMPARE(QString::fromStdString(TeacherMap::parsed(text.toStdString()).text()), written);
    }

    void refuses_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("says");
        QTest::newRow("empty") << ""
                               << "found \"\"";
        QTest::newRow("trailing comma") << "0:1,"
                                        << "found \"\"";
        QTest::newRow("no colon") << "0:1,3"
                                  << "found \"3\"";
        QTest::newRow("unknown name") << "uniformly"
                                      << "found \"uniformly\"";
        QTest::newRow("negative") << "0:-1"
                                  << "found \"0:-1\"";
        QTest::newRow("not whole") << "0:1.5"
                                   << "found \"0:1.5\"";
        QTest::newRow("two colons") << "0:1:2"
                                    << "found \"0:1:2\"";
        QTest::newRow("too large") << "0:99999999999"
                                   << "found \"0:99999999999\"";
        QTest::newRow("student twice") << "1:0,1:2"
                                       << "layer 1 of the student stands twice";
        QTest::newRow("no such student") << "0:1,3:2"
                                         << "student from 0 to 2, found 3";
        QTest::newRow("no such teacher") << "0:6"
                                         << "teacher from 0 to 5, found 6";
    }
    void refuses()
    {
        QFETCH(QString, text);
        QFETCH(QString, says);
        const QString found = refusal([&] {
            TeacherMap::parsed(text.toStdString(), TeachingDepths{3, 6});
        });
        QVERIFY2(found.contains(says), qPrintable("found: " + found));
    }

    void refusesDepths()
    {
        for (const TeacherMapKind kind : teacherMapKinds) {
            const QString found = refusal([&] { TeacherMap::of(kind, {4, 3}); });
            QVERIFY2(found.contains("teacher has 3 layers") && found.contains("found 4"),
                     qPrintable(found));
        }
        QVERIFY(refusal([] { TeacherMap::of(TeacherMapKind::Skip, {1, 3}); }).contains("only one"));
        QVERIFY(refusal([] { TeacherMap::of(TeacherMapKind::Last, {1, 3}); }).contains("only one"));
        QVERIFY(refusal([] { TeacherMap().check({1, 1}); }).contains("found none"));
        QVERIFY(refusal([] { TeacherMap({{-1, 0}}); }).contains("found \"-1:0\""));
    }

    void compares()
    {
        QVERIFY(TeacherMap({{0, 1}, {1, 3}}) == TeacherMap({{1, 3}, {0, 1}}));
        QVERIFY(TeacherMap({{0, 1}}) != TeacherMap({{0, 2}}));
    }
};

QTEST_APPLESS_MAIN(TestTeacherMap)
#include "tst_teachermap.moc"
