// A folder of what can be made again stays under its limit: the oldest go, what somebody writes stays.
#include "core/base/files.h"
#include "core/base/folderlimit.h"

#include <QTemporaryDir>
#include <QtTest>
#include <unistd.h>

using namespace pare;
namespace fs = std::filesystem;

class FolderLimitTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNewest();
};

void FolderLimitTest::keepsTheNewest()
{
    const QTemporaryDir folder;
    const fs::path root = folder.path().toStdString();
    const auto now = fs::file_time_type::clock::now();
    for (int i = 0; i < 5; ++i) {
        writeFile(root / std::to_string(i), std::string(100, 'x'));
        fs::last_write_time(root / std::to_string(i), now + std::chrono::seconds(i));
    }
    constexpr int nobody = 999'999'999; // no process has so high a number
    writeFile(root / "6.safetensors", "x");
    fs::rename(root / "6.safetensors", root / ("6.safetensors.part" + std::to_string(nobody)));
    const std::string mine = "7.safetensors.part" + std::to_string(::getpid());
    writeFile(root / mine, "");
    fs::last_write_time(root / mine, now + std::chrono::seconds(9));
    keepNewest(root, 320);
    QVERIFY(!fs::exists(root / ("6.safetensors.part" + std::to_string(nobody))));
    QVERIFY(fs::exists(root / mine)); // somebody is at it
    QStringList left;
    for (int i = 0; i < 5; ++i) {
        if (fs::exists(root / std::to_string(i)))
            left << QString::number(i);
    }
    QCOMPARE(left, (QStringList{"2", "3", "4"}));
}

QTEST_GUILESS_MAIN(FolderLimitTest)
#include "tst_folderlimit.moc"
