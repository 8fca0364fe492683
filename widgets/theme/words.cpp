#include "widgets/theme/words.h"

#include <QCoreApplication>
#include <QLocale>

namespace pare {

namespace {

QLocale &numberLocale()
{
    static QLocale locale(QLocale::English);
    return locale;
}

QString ofCore(const char *text)
{
    return QCoreApplication::translate("core", text);
}

} // namespace

QString translated(const Message &message)
{
    const std::string pattern = ofCore(message.pattern).toStdString();
    return QString::fromStdString(substituted(pattern, message.arguments));
}

QString translated(const NameParts &name)
{
    QString text;
    for (Message part : name) {
        for (std::string &argument : part.arguments)
            argument = ofCore(argument.c_str()).toStdString();
        text += translated(part);
    }
    return text;
}

void setNumberLocale(const QLocale &locale)
{
    numberLocale() = locale;
    QLocale::setDefault(locale); // which fields made from now on read and write
}

QString numberText(double value, int decimals)
{
    return numberInLocale(QString::number(value, 'f', decimals));
}

QString shareText(const Interval &share)
{
    return QCoreApplication::translate("pare::Words", "%1 % (%2)")
        .arg(numberText(100 * share.value, 1), endsText(share));
}

QString endsText(const Interval &share)
{
    return QCoreApplication::translate("pare::Words", "%1 … %2")
        .arg(numberText(100 * share.low, 1), numberText(100 * share.high, 1));
}

QString countText(std::int64_t count)
{
    return numberLocale().toString(static_cast<qlonglong>(count));
}

QString numberInLocale(QString number)
{
    return number.replace('.', numberLocale().decimalPoint());
}

QString atBeginning(QString text)
{
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace pare
