#include "widgets/theme/words.h"

#include <QCoreApplication>

namespace pare {

namespace {

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

} // namespace pare
