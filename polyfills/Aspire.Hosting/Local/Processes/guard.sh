# Ends the AppHost's processes when the AppHost can no longer do it. Runs in a session of its own and reads from a pipe
# that only the AppHost holds: "+ID" adds a process group, "-ID" removes it. The pipe ends when the AppHost does, in whatever way.
# $1 is a mark that every process of this run has in its environment: it finds one that was being started at that moment.
groups=" "
while read -r line; do
  id=${line#?}
  case $line in
    +*) groups="$groups$id " ;;
    -*) groups="${groups%% $id *} ${groups#* $id }" ;;
  esac
done

strays() {
  [ -d /proc/self ] || return 0
  grep -lzx "$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3 | grep -vx "$$"
}

# No "--" before the group: dash takes it for a number.
end() {
  for group in $groups; do kill -"$1" "-$group" 2>/dev/null; done
  for stray in $(strays "$2"); do kill -"$1" "$stray" 2>/dev/null; done
}

alive() {
  for group in $groups; do kill -0 "-$group" 2>/dev/null && return 0; done
  [ -n "$(strays "$1")" ]
}

end TERM "$1"
for step in 1 2 3 4 5 6 7 8 9 10 11 12; do
  alive "$1" || exit 0
  sleep 0.25
done
end KILL "$1"
