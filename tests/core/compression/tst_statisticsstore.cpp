// What is kept comes back bit for bit or not at all, whatever happens to the files.
#include <ATen/ATen.h>

#include "core/base/files.h"
#include "core/compression/statisticsstore.h"

#include <QTemporaryDir>
#include <QtTest>
#include <csignal>
#include <filesystem>

#include <sys/wait.h>
#include <unistd.h>

using namespace pare;
namespace fs = std::filesystem;

namespace {

StatisticsStore::Tensors someTensors(std::uint64_t seed)
{
    at::manual_seed(seed);
    return {{"moment", at::randn({5, 5}, at::kDouble)},
            {"largest", at::randn({7})},
            {"transposed", at::randn({3, 4}).t()},
            {"rows", at::tensor({static_cast<std::int64_t>(seed) + 12}, at::kLong)}};
}

bool same(const StatisticsStore::Tensors &one, const StatisticsStore::Tensors &other)
{
    if (one.size() != other.size())
        return false;
    for (const auto &[name, tensor] : one) {
        if (!other.contains(name) || other.at(name).scalar_type() != tensor.scalar_type() ||
            !other.at(name).equal(tensor))
            return false;
    }
    return true;
}

std::uint64_t bytesIn(const fs::path &folder)
{
    std::uint64_t bytes = 0;
    for (const fs::directory_entry &entry : fs::directory_iterator(folder))
        bytes += entry.file_size();
    return bytes;
}

} // namespace

class TestStatisticsStore : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_scratch = std::make_unique<QTemporaryDir>();
        m_folder = fs::path(m_scratch->path().toStdString()) / "statistics";
    }

    void comesBackBitForBit()
    {
        const StatisticsStore store(m_folder);
        QVERIFY(!store.find("ab"));
        store.keep("ab", someTensors(1));
        store.keep("cd", someTensors(2));
        const StatisticsStore later(m_folder);
        QVERIFY(same(later.find("ab").value(), someTensors(1)));
        QVERIFY(same(later.find("cd").value(), someTensors(2)));
        QVERIFY(!later.find("ef"));
        store.keep("ab", someTensors(3));
        QVERIFY(same(later.find("ab").value(), someTensors(3)));
        later.find("ab").value().at("moment").zero_(); // in memory of its own
        QVERIFY(same(later.find("ab").value(), someTensors(3)));
    }

    void brokenFilesAreAbsent_data()
    {
        QTest::addColumn<QString>("what");
        for (const char *what : {"empty", "cut short", "one bit of the numbers", "header",
                                 "renamed", "a folder", "unreadable text"})
            QTest::addRow("%s", what) << QString(what);
    }
    void brokenFilesAreAbsent()
    {
        QFETCH(QString, what);
        const StatisticsStore store(m_folder);
        store.keep("ab", someTensors(1));
        const fs::path path = m_folder / "ab.safetensors";
        std::string content = readFile(path);
        if (what == "empty")
            content.clear();
        else if (what == "cut short")
            content.resize(content.size() - 8);
        else if (what == "one bit of the numbers")
            content[content.size() - 5] ^= 1;
        else if (what == "header")
            content[0] = '\x7f';
        else if (what == "unreadable text")
            content = "nothing of the kind";
        fs::remove(path);
        if (what == "renamed")
            writeFile(m_folder / "cd.safetensors", content);
        else if (what == "a folder")
            fs::create_directory(path);
        else
            writeFile(path, content);
        QVERIFY(!store.find(what == "renamed" ? "cd" : "ab"));
        if (what == "a folder")
            return;
        store.keep("ab", someTensors(2));
        QVERIFY(same(store.find("ab").value(), someTensors(2)));
    }

    void usedLongestAgoGoesFirst()
    {
        const StatisticsStore unlimited(m_folder);
        unlimited.keep("a0", someTensors(0));
        const std::uint64_t one = bytesIn(m_folder);
        const StatisticsStore store(m_folder, 3 * one + one / 2);
        const auto now = fs::file_time_type::clock::now();
        for (int i = 0; i < 3; ++i) {
            const std::string key = "a" + std::to_string(i);
            store.keep(key, someTensors(i));
            store.keepToLimit();
            fs::last_write_time(m_folder / (key + ".safetensors"),
                                now - std::chrono::hours(10 - i));
        }
        QVERIFY(store.find("a0")); // is now the latest
        store.keep("a3", someTensors(3));
        store.keepToLimit();
        QVERIFY(bytesIn(m_folder) <= 3 * one + one / 2);
        QVERIFY(store.find("a0"));
        QVERIFY(!store.find("a1"));
        QVERIFY(store.find("a2"));
        QVERIFY(store.find("a3"));
    }

    /// What a killed writer left behind goes when its turn comes.
    void leftoversCount()
    {
        const StatisticsStore unlimited(m_folder);
        unlimited.keep("a0", someTensors(0));
        const std::uint64_t one = bytesIn(m_folder);
        const fs::path leftover = m_folder / "b0.safetensors.part123";
        writeFile(leftover, std::string(one, 'x'));
        fs::last_write_time(leftover,
                            fs::file_time_type::clock::now() - std::chrono::hours(1));
        const StatisticsStore store(m_folder, 2 * one + one / 2);
        store.keep("a1", someTensors(1));
        store.keepToLimit();
        QVERIFY(!fs::exists(leftover));
        QVERIFY(unlimited.find("a0") && unlimited.find("a1"));
    }

    void whatIsTooLargeIsNotKept()
    {
        const StatisticsStore store(m_folder, 100);
        store.keep("ab", someTensors(1));
        QVERIFY(!store.find("ab"));
    }

    void aFolderThatCannotBeIsNoError()
    {
        writeFile(m_folder, "a file in its place");
        const StatisticsStore store(m_folder);
        store.keep("ab", someTensors(1));
        QVERIFY(!store.find("ab"));
    }

    /// Two processes write and read the same keys; one of them is killed in the midst.
    void processesShareAFolder()
    {
        const StatisticsStore store(m_folder, 2'000); // not all of them
        std::vector<StatisticsStore::Tensors> contents;
        for (std::uint64_t i = 0; i < 5; ++i)
            contents.push_back(someTensors(i));
        const pid_t child = ::fork();
        QVERIFY(child >= 0);
        if (child == 0) {
            for (std::uint64_t i = 0;; ++i) {
                store.keep("a" + std::to_string(i % 5), contents[i % 5]);
                store.keepToLimit();
            }
        }
        int found = 0;
        for (std::uint64_t i = 0; i < 400; ++i) {
            const std::string key = "a" + std::to_string(i % 5);
            if (i % 3 == 0)
                store.keep(key, contents[i % 5]);
            store.keepToLimit();
            const auto tensors = store.find(key);
            found += tensors.has_value();
            if (tensors && !same(*tensors, contents[i % 5]))
                QFAIL("another's content");
        }
        ::kill(child, SIGKILL);
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status)); // it was at work until then
        QVERIFY(found > 0);
        for (std::uint64_t i = 0; i < 5; ++i) {
            const auto tensors = store.find("a" + std::to_string(i));
            QVERIFY(!tensors || same(*tensors, contents[i]));
        }
    }

private:
    std::unique_ptr<QTemporaryDir> m_scratch;
    fs::path m_folder;
};

QTEST_GUILESS_MAIN(TestStatisticsStore)
#include "tst_statisticsstore.moc"
