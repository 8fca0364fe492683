#include "core/base/error.h"
#include "core/base/files.h"
#include "core/network/kernels/kernelchoice.h"

#include <QTemporaryDir>
#include <QTest>

#include <filesystem>
#include <string>

using namespace pare;

namespace {

constexpr KernelChoice slow{KernelKind::AtenFloat32, KernelKind::OneDnnFloat32,
                            AttentionKind::Aten,     LowPrecision::Float32,
                            LowPrecision::Float32,   TrainingPrecision::BFloat16,
                            BFloat16Gemm::Tiles};

} // namespace

class TestKernelChoice : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void textIsReadBack();
    void unknownTextIsRefused_data();
    void unknownTextIsRefused();
    void measuredOnce();
    void olderFilesAreCompleted();
    void machinesStandBesideEachOther();
    void brokenFileIsMeasuredAgain_data();
    void brokenFileIsMeasuredAgain();
    void unwritableFileIsNoError();
    void environmentAndForce();
    void measuringWorks();
    void threads();

private:
    /// Asks for `machine`; true if that measured.
    bool measures(const std::filesystem::path &file, const std::string &machine)
    {
        bool measured = false;
        const KernelChoice choice = rememberedKernelChoice(file, machine, [&] {
            measured = true;
            return slow;
        });
        return measured && choice == slow;
    }

    std::filesystem::path newFile()
    {
        return std::filesystem::path(
            m_folder.filePath(QString("%1.json").arg(++m_files)).toStdString());
    }

    QTemporaryDir m_folder;
    int m_files = 0;
};

void TestKernelChoice::textIsReadBack()
{
    for (const KernelKind linear : {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32}) {
        for (const KernelKind product : {KernelKind::OneDnnFloat32, KernelKind::AtenFloat32}) {
            for (const AttentionKind attention : {AttentionKind::Tiled, AttentionKind::Aten}) {
                for (const LowPrecision low : {LowPrecision::OneDnn, LowPrecision::Float32}) {
                    KernelChoice choice{linear, product, attention, low, LowPrecision::OneDnn};
                    QVERIFY(parseKernelChoice(kernelChoiceText(choice)) == choice);
                    std::swap(choice.bfloat16, choice.int8);
                    QVERIFY(parseKernelChoice(kernelChoiceText(choice)) == choice);
                }
            }
        }
    }
    QCOMPARE(kernelChoiceText(slow),
             std::string("linear=aten,gemm=onednn,attention=aten,bfloat16=float32,int8=float32,"
                         "training=bfloat16,bfloat16gemm=tiles"));
    QVERIFY(parseKernelChoice("training=float32", slow).training == TrainingPrecision::Float32);
    QVERIFY(parseKernelChoice("int8=float32").int8 == LowPrecision::Float32);
    QVERIFY(parseKernelChoice("int8=onednn", slow).bfloat16 == LowPrecision::Float32);
    QVERIFY(parseKernelChoice("attention=aten").attention == AttentionKind::Aten);
    QVERIFY(parseKernelChoice("") == KernelChoice());
}

void TestKernelChoice::unknownTextIsRefused_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text :
         {"linear", "linear=", "linear=tiled", "attention=onednn", "speed=aten", "int8=aten",
          "int4=onednn", "bfloat16=", "training=onednn", "bfloat16gemm=aten", "=aten",
          "linear=aten,,gemm=aten", "linear=aten gemm=aten"})
        QTest::newRow(text) << text;
}

void TestKernelChoice::unknownTextIsRefused()
{
    QFETCH(QString, text);
    try {
        parseKernelChoice(text.toStdString());
        QFAIL("accepted");
    } catch (const Error &error) {
        QVERIFY(error.kind() == ErrorKind::InvalidSetting);
        QVERIFY(error.message().text().find(text.toStdString()) != std::string::npos);
    }
}

void TestKernelChoice::measuredOnce()
{
    const auto file = newFile();
    QVERIFY(measures(file, "this machine; 2 threads"));
    QVERIFY(!measures(file, "this machine; 2 threads"));
    const KernelChoice again =
        rememberedKernelChoice(file, "this machine; 2 threads", [] { return KernelChoice(); });
    QVERIFY(again == slow);
}

void TestKernelChoice::olderFilesAreCompleted()
{
    const auto file = newFile();
    writeFile(file, R"({"one": "linear=onednn,gemm=aten,attention=tiled", "two": "gemm=aten"})");
    KernelChoice expected = slow;
    expected.linear = KernelKind::OneDnnFloat32;
    expected.gemm = KernelKind::AtenFloat32;
    expected.attention = AttentionKind::Tiled;
    for (const bool measured : {true, false}) {
        bool asked = false;
        const KernelChoice choice = rememberedKernelChoice(file, "one", [&] {
            asked = true;
            return slow;
        });
        QVERIFY(choice == expected);
        QCOMPARE(asked, measured);
    }
    QVERIFY(readFile(file, 1000).find(R"("two": "gemm=aten")") != std::string::npos);
}

void TestKernelChoice::machinesStandBesideEachOther()
{
    const auto file = newFile();
    QVERIFY(measures(file, "one"));
    QVERIFY(measures(file, "another \"quoted\" \xff"));
    QVERIFY(measures(file, "two"));
    QVERIFY(!measures(file, "one"));
    QVERIFY(!measures(file, "two"));
}

void TestKernelChoice::brokenFileIsMeasuredAgain_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("not JSON") << QByteArray("{\"one\": ");
    QTest::newRow("no object") << QByteArray("[1, 2]");
    QTest::newRow("number") << QByteArray("{\"one\": 5}");
    QTest::newRow("unknown kernel") << QByteArray("{\"one\": \"linear=magic\"}");
    QTest::newRow("binary") << QByteArray("\x00\xff\xfe", 3);
    QTest::newRow("deep") << QByteArray(100'000, '[');
    QTest::newRow("too long") << QByteArray(2'000'000, ' ');
}

void TestKernelChoice::brokenFileIsMeasuredAgain()
{
    QFETCH(QByteArray, content);
    const auto file = newFile();
    writeFile(file,
              std::string_view(content.constData(), static_cast<std::size_t>(content.size())));
    QVERIFY(measures(file, "one"));
    QVERIFY(!measures(file, "one"));
}

void TestKernelChoice::unwritableFileIsNoError()
{
    const std::filesystem::path file = "/proc/nowhere/kernels.json";
    QVERIFY(measures(file, "one"));
    QVERIFY(measures(file, "one"));
}

void TestKernelChoice::environmentAndForce()
{
    qputenv("PARE_KERNELS", "linear=nothing");
    QVERIFY_THROWS_EXCEPTION(Error, kernelChoice());
    qputenv("PARE_KERNELS",
            "linear=aten,attention=aten,int8=float32,bfloat16=float32,training=bfloat16,"
            "bfloat16gemm=tiles");
    QVERIFY(kernelChoice() == slow);
    const KernelChoice forced{KernelKind::OneDnnFloat32, KernelKind::AtenFloat32,
                              AttentionKind::Tiled};
    setKernelChoice(forced);
    QVERIFY(kernelChoice() == forced);
}

void TestKernelChoice::measuringWorks()
{
    const KernelChoice choice = measuredKernelChoice();
    QVERIFY(parseKernelChoice(kernelChoiceText(choice)) == choice);
    QVERIFY(gemmName(choice.gemm).starts_with("float32 "));
    QVERIFY(attentionName(choice.attention).starts_with("float32 "));
}

void TestKernelChoice::threads()
{
    setKernelThreads(1);
    QCOMPARE(kernelThreads(), 1);
    QVERIFY(kernelMachine().find("; 1 threads; oneDNN ") != std::string::npos);
    setKernelThreads(2);
    QCOMPARE(kernelThreads(), 2);
}

QTEST_GUILESS_MAIN(TestKernelChoice)
#include "tst_kernelchoice.moc"
