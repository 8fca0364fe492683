#!/bin/bash
# Drives the real program as a person would, by keyboard and mouse, on a virtual display, and leaves a
# screenshot of each station: opens a project, selects, adds a technique, measures, asks what layers can
# lose, lets a budget be answered, undoes, compares runs, looks at changed answers, changes the language.
#
#   tests/benchmarks/tour.sh PARE FOLDER [SIZE]        SIZE: 1440x900; 3840x2160 is shown at 200 %
#
# Needs Xvfb, xdotool and ImageMagick's import. PARE_TOUR_THEME=dark shows it dark, PARE_TOUR_LANGUAGE=ko
# in Korean. Ends with 1 where the program ended before the tour did, or left nothing measured.
set -eu

pare=$(realpath "${1:?usage: tour.sh PARE FOLDER [SIZE]}")
folder=${2:?usage: tour.sh PARE FOLDER [SIZE]}
size=${3:-1440x900}
for tool in Xvfb xdotool import; do
    command -v "$tool" > /dev/null || { echo "tour.sh: $tool is missing" >&2; exit 1; }
done
mkdir -p "$folder"
scratch=$(mktemp -d)
trap 'kill $program $display 2> /dev/null; rm -rf "$scratch"' EXIT

export DISPLAY=:$((100 + $$ % 400)) XDG_CONFIG_HOME=$scratch/config XDG_CACHE_HOME=$scratch/cache \
    XDG_DATA_HOME=$scratch/data QT_SCALE_FACTOR=1
[ "${size%x*}" -lt 3000 ] || QT_SCALE_FACTOR=2
Xvfb "$DISPLAY" -screen 0 "${size}x24" > /dev/null 2>&1 &
display=$!
sleep 1
mkdir -p "$XDG_CONFIG_HOME/Pare"
printf '[window]\ntheme=%s\nlanguage=%s\n' "${PARE_TOUR_THEME:-light}" "${PARE_TOUR_LANGUAGE:-en}" \
    > "$XDG_CONFIG_HOME/Pare/pare.conf"

project=$scratch/tour.pare
model=$(dirname "$0")/../../resources/demo
for step in 'quantize.affine bits=4' 'prune.magnitude'; do
    "$pare" run "$model" --data wordnet:dev --step "$step" --project "$project" > /dev/null 2>&1
done

"$pare" "$project" > "$folder/program.log" 2>&1 &
program=$!
sleep 4
xdotool windowfocus "$(xdotool search --onlyvisible --name Pare | head -1)"

key() { xdotool key --clearmodifiers "$@"; sleep 0.5; }
text() { xdotool type --delay 15 "$1"; sleep 0.5; }
shot() {
    kill -0 $program 2> /dev/null || { echo "tour.sh: the program ended before $1" >&2; exit 1; }
    import -window root "$folder/$1.png"
    echo "$folder/$1.png"
}
palette() { key ctrl+k; text "$1"; key Return; }

shot 01-opened
key ctrl+f; text 'ffn'; key Return
shot 02-found
palette 'quantize.affine'
sleep 1
shot 03-step-added
key ctrl+r
sleep 6
shot 04-measured
key ctrl+shift+r
sleep 25
shot 05-sensitivity
key ctrl+z
palette 'factorize.svd'
sleep 2
shot 06-predicted
key ctrl+t
shot 07-table
key ctrl+t
key ctrl+b; key Tab; key space
sleep 12
shot 08-budget
key ctrl+e
shot 09-recipe-text
palette 'Teach a student'
shot 10-training
palette 'Changed answers'
key bracketright
sleep 2
shot 11-answers
key ctrl+k; text 'run'
shot 12-palette
key Escape
key F1
sleep 1
shot 13-help

runs=$("$pare" runs "$project" | grep -c . || true)
[ "$runs" -ge 4 ] || { echo "tour.sh: expected three runs and a head, found $runs lines" >&2; exit 1; }
