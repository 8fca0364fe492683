// Reads every source of the tree and fails on what the architecture forbids; and tests, on
// fabricated files, that it would.
#include "tests/architecture/rules.h"

#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace pare::architecture;

namespace {

std::vector<File> tree()
{
    std::vector<File> files;
    const QDir root(PARE_SOURCE_ROOT);
    for (const char *folder :
         {"app", "core", "widgets", "tests", "resources", "packaging", "translations"}) {
        QDirIterator entries(root.filePath(folder), QDir::Files, QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            QFile file(entries.next());
            const QString path = root.relativeFilePath(file.fileName());
            const bool read = isCpp(path.toStdString()) || path.endsWith("CMakeLists.txt");
            if (read && !file.open(QIODevice::ReadOnly))
                qFatal("cannot read %s", qPrintable(path));
            files.push_back(
                {path.toStdString(), read ? file.readAll().toStdString() : std::string()});
        }
    }
    return files;
}

QString shown(const std::vector<Violation> &violations)
{
    QStringList lines;
    for (const Violation &violation : violations) {
        lines << QString("%1:%2: %3")
                     .arg(QString::fromStdString(violation.path), QString::number(violation.line),
                          QString::fromStdString(violation.what));
    }
    return lines.join('\n');
}

std::vector<Violation> allViolations(const std::vector<File> &files)
{
    std::vector<Violation> all;
    for (const auto &rule : {includeViolations, textViolations, buildViolations}) {
        const std::vector<Violation> found = rule(files);
        all.insert(all.end(), found.begin(), found.end());
    }
    return all;
}

} // namespace

class TestArchitecture : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_tree = tree(); }

    void theTreeIsRead()
    {
        const auto count = [this](std::string_view folder) {
            return std::ranges::count_if(m_tree, [folder](const File &file) {
                return isCpp(file.path) && file.path.starts_with(folder) && !file.text.empty();
            });
        };
        QVERIFY(count("core/") > 20);
        QVERIFY(count("widgets/") > 0);
        QVERIFY(count("app/") > 0);
        QVERIFY(count("tests/") > 5);
    }

    void includes() { expectNone(includeViolations(m_tree)); }
    void text() { expectNone(textViolations(m_tree)); }
    void build() { expectNone(buildViolations(m_tree)); }

    void caught_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("what"); // empty: nothing is wrong
        addRows();
        addIncludes();
        addTexts();
        addBuilds();
    }

    void caught()
    {
        QFETCH(QString, path);
        QFETCH(QString, text);
        QFETCH(QString, what);
        std::vector<File> files{
            {path.toStdString(), text.toStdString()},
            {"core/network/network.h", "#pragma once\n#include <ATen/core/Tensor.h>\n"},
            {"core/network/kernels/product.h", "#pragma once\n"},
            {"core/project/project.h", "#pragma once\n"},
            {"core/tensors/mapped.h", "#pragma once\n"},
            {"core/model/run.h", "#pragma once\n"},
            {"core/base/error.h", "#pragma once\n"},
            {"widgets/charts/chart.h", "#pragma once\n#include <QWidget>\n"},
            {"widgets/charts/curve.h", "#pragma once\n#include <qcustomplot.h>\n"},
            {"app/window/window.h", "#pragma once\n"},
            {"tests/support/files.h", "#pragma once\n"}};
        QVERIFY(allViolations({files.begin() + 1, files.end()}).empty());
        const QString found = shown(allViolations(files));
        if (what.isEmpty())
            QCOMPARE(found, QString());
        else
            QVERIFY2(found.startsWith(path) && found.contains(what), qPrintable("found: " + found));
    }

    void codeIsRead_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("line") << "a // b\nc"
                              << "a     \nc";
        QTest::newRow("block") << "a /* b\n \" */ c"
                               << "a     \n      c";
        QTest::newRow("string") << "a \"// b\\\"\" c"
                                << "a          c";
        QTest::newRow("character") << "a '\"' b '\\'' c"
                                   << "a     b      c";
        QTest::newRow("separator") << "16'000 + 1'0 // x"
                                   << "16'000 + 1'0     ";
        QTest::newRow("raw") << "R\"x(a\" // )\" )x\" b" << QString(" ").repeated(17) + "b";
        QTest::newRow("open") << "a /* b"
                              << "a     ";
        QTest::newRow("open string") << "a \"b"
                                     << "a   ";
    }

    void codeIsRead()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QCOMPARE(QString::fromStdString(withoutComments(text.toStdString(), Keep::Nothing)), code);
    }

private:
    static void expectNone(const std::vector<Violation> &violations)
    {
        QVERIFY2(violations.empty(), qPrintable("\n" + shown(violations)));
    }

    static void row(const char *path, const QString &text, const char *what)
    {
        QTest::addRow("%s %s", path, qPrintable(text.left(60).simplified()))
            << QString(path) << (QString(path).endsWith(".h") ? "#pragma once\n" + text : text)
            << QString(what);
    }

    static void addRows()
    {
        const char *fine = "";
        row("core/weights/x.cpp", "#include \"core/model/run.h\"\n", fine);
        row("core/weights/x.cpp", "#include \"core/tensors/mapped.h\"\n", fine);
        row("core/search/x.cpp", "#include \"core/network/network.h\"\n", fine);
        row("core/weights/x.cpp", "#include \"core/network/network.h\"\n",
            "may not include core/network");
        row("core/text/x.cpp", "#include \"core/model/run.h\"\n", "may not include core/model");
        row("core/jobs/x.cpp", "#include \"core/model/run.h\"\n", "may not include core/model");
        row("core/project/x.cpp", "#include \"core/tensors/mapped.h\"\n",
            "may not include core/tensors");
        row("core/experiment/x.cpp", "#include \"core/project/project.h\"\n",
            "may not include core/project");
        row("core/base/x.h", "#include \"core/model/run.h\"\n", "may not include core/model");
        row("core/other/x.cpp", "#include \"core/base/error.h\"\n", "has no row");
        row("core/search/x.cpp", "#include \"app/window/window.h\"\n", "nothing of the program");
        row("core/search/x.cpp", "#include \"widgets/charts/chart.h\"\n", "nothing of the program");
        row("widgets/panels/x.cpp",
            "#include \"core/model/run.h\"\n#include \"core/base/error.h\"\n", fine);
        row("widgets/panels/x.cpp", "#include \"core/project/project.h\"\n",
            "core/base and core/model only");
        row("widgets/panels/x.cpp", "#include \"app/window/window.h\"\n", "nothing of the program");
        row("app/window/x.cpp",
            "#include \"core/project/project.h\"\n#include \"widgets/charts/chart.h\"\n", fine);
        row("app/window/x.cpp", "#include \"tests/support/files.h\"\n", "nothing but tests");
        row("tests/core/model/tst_x.cpp",
            "#include \"tests/support/files.h\"\n#include \"tst_x.moc\"\n", fine);
        row("core/model/x.cpp", "#include \"run.h\"\n", "no such file from the repository's root");
        row("core/model/x.cpp", "#include \"core/model/none.h\"\n", "no such file");
        row("core/model/x.cpp", "#include <core/model/run.h>\n", "between quotes");
        row("core/model/x.cpp", "// #include \"core/model/none.h\"\n", fine);
    }

    static void addIncludes()
    {
        const char *fine = "";
        for (const char *header : {"QString", "QtCore/QString", "qglobal.h", "QtGlobal"})
            row("core/experiment/x.cpp", QString("#  include <%1>\n").arg(header),
                "Qt is not for this folder");
        row("core/experiment/x.cpp", "#include <queue>\n#include <quadmath.h>\n", fine);
        for (const char *folder : {"core/base", "core/model", "core/jobs", "core/project",
                                   "core/text", "widgets/models"}) {
            for (const char *header :
                 {"torch/torch.h", "ATen/core/Tensor.h", "c10/core/ScalarType.h"})
                row(qPrintable(QString("%1/x.cpp").arg(folder)),
                    QString("#include <%1>\n").arg(header), "LibTorch is not for this folder");
        }
        row("core/training/x.cpp", "#include <torch/torch.h>\n", fine);
        row("core/training/x.h", "#include <ATen/core/Tensor.h>\n#include <ATen/Parallel.h>\n",
            fine);
        row("core/training/x.h", "#include <torch/torch.h>\n", "a header includes at most");
        row("core/training/x.h", "#include <ATen/ATen.h>\n", "a header includes at most");
        row("app/document/x.h", "#include <torch/types.h>\n", "a header includes at most");
        row("widgets/charts/x.cpp", "#include <qcustomplot.h>\n#include <QWidget>\n", fine);
        row("widgets/charts/x.cpp", "#include \"widgets/charts/curve.h\"\n", fine);
        row("app/window/x.cpp", "#include \"widgets/charts/curve.h\"\n",
            "reached through a header");
        row("app/window/x.h", "#include \"widgets/charts/chart.h\"\n", fine);
        row("widgets/panels/x.cpp", "#include <qcustomplot.h>\n",
            "QCustomPlot is not for this folder");
        row("app/report/x.cpp", "#include <qcustomplot.h>\n", "QCustomPlot is not for this folder");
        row("app/report/x.cpp", "#include <qcustomplot.h>\n#include \"core/network/network.h\"\n",
            "do not compile in one file");
        row("core/network/kernels/x.cpp", "#include <dnnl.hpp>\n", fine);
        row("core/network/kernels/x.cpp",
            "#include <dnnl.hpp>\n#include \"core/network/network.h\"\n",
            "must not meet in one file");
        row("core/network/x.cpp", "#include <dnnl.hpp>\n", "oneDNN is not for this folder");
        row("core/project/x.cpp", "#include <SQLiteCpp/Database.h>\n", fine);
        row("app/document/x.cpp", "#include <sqlite3.h>\n", "SQLite is not for this folder");
        row("app/cli/x.cpp", "#include <CLI/CLI.hpp>\n", fine);
        row("core/experiment/x.cpp", "#include <CLI/CLI.hpp>\n", "CLI11 is not for this folder");
    }

    static void addTexts()
    {
        const char *fine = "";
        row("core/model/x.cpp", "void f() { std::printf(\"x\"); }\n", "core never prints");
        row("core/model/x.cpp", "void f() { std::cerr << 1; }\n", "core never prints");
        row("core/model/x.cpp",
            "// std::cerr\nconst char *a = \"printf(\"; int b = snprintf(c, 1, d);\n", fine);
        row("app/cli/x.cpp", "void f() { fmt::print(\"x\"); }\n", fine);
        row("core/model/x.cpp", "void f() { std::exit(1); }\n", "core never exits");
        row("core/model/x.cpp", "void f() { stage.exit(1); on_exit(2); }\n", fine);
        row("app/cli/x.cpp", "double f() { return std::stod(a); }\n",
            "independently of the locale");
        row("core/weights/x.cpp", "auto f() { return at::quantize_per_tensor(a); }\n",
            "core/network/kernels");
        row("core/weights/x.cpp", "auto f() { return find(\"quantized::linear_dynamic\"); }\n",
            "core/network/kernels");
        row("core/weights/x.cpp", "int quantized = 0; // quantized::linear\n", fine);
        row("core/network/kernels/x.cpp",
            "auto f() { return find(\"quantized::linear_dynamic\"); }\n", fine);
        row("app/window/x.cpp", "void f() { QCoreApplication::processEvents(); }\n",
            "no nested event loops");
        row("widgets/panels/x.cpp", "QEventLoop loop;\n", "no nested event loops");
        row("tests/app/tst_x.cpp", "void f() { QSKIP(\"later\"); }\n", "do not skip");
        row("tests/app/tst_x.cpp", "class A { private slots: };\n", "Q_SLOTS");
        row("core/model/x.cpp", "// TODO: later\n", "nothing is left for later");
        row("core/model/x.h", "using namespace std;\n", "no using namespace");
        QTest::newRow("no pragma") << "core/model/x.h"
                                   << "namespace pare {}\n"
                                   << "begins with #pragma once";
        QTest::newRow("guard") << "tests/support/x.h"
                               << "#ifndef X\n#define X\n#endif\n"
                               << "begins with #pragma once";
        QTest::newRow("pragma after comment") << "core/model/x.h"
                                              << "// What.\n/* More. */\n#pragma once\n"
                                              << fine;
        QTest::newRow("pragma in comment") << "core/model/x.h"
                                           << "// #pragma once\n"
                                           << "begins with #pragma once";
        row("core/model/Run.cpp", "int a;\n", "lower case");
        QTest::newRow("long") << "app/window/x.cpp" << QString("\n").repeated(601)
                              << "wants to be two";
        QTest::newRow("not too long") << "app/window/x.cpp" << QString("\n").repeated(600) << fine;
    }

    static void addBuilds()
    {
        const char *fine = "";
        row("core/CMakeLists.txt", "pare_core_module(model LINKS pare_base)\n", fine);
        row("core/CMakeLists.txt", "pare_core_module(tensors LINKS pare_model pare_torch)\n", fine);
        row("core/CMakeLists.txt", "pare_core_module(model LINKS pare_tensors)\n",
            "may not link pare_tensors");
        row("core/CMakeLists.txt", "pare_core_module(jobs LINKS pare_base pare_torch)\n",
            "may not link LibTorch");
        row("core/CMakeLists.txt", "target_link_libraries(pare_model Qt6::Core) # no\n",
            "does not link Qt");
        row("core/CMakeLists.txt", "# Qt6::Core is not linked here\n", fine);
        row("widgets/CMakeLists.txt", "target_link_libraries(w PUBLIC pare_model Qt6::Widgets)\n",
            fine);
        row("widgets/CMakeLists.txt", "target_link_libraries(w PUBLIC pare_project)\n",
            "core/base and core/model only");
        row("widgets/CMakeLists.txt", "target_link_libraries(w PUBLIC pare_torch)\n",
            "core/base and core/model only");
        row("widgets/CMakeLists.txt", "target_link_libraries(w PUBLIC ${TORCH_LIBRARIES})\n",
            "do not link LibTorch");
        row("app/app.pro", "", "the one build system");
    }

    std::vector<File> m_tree;
};

QTEST_GUILESS_MAIN(TestArchitecture)
#include "tst_architecture.moc"
