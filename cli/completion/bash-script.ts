/**
 * The script that bash loads to complete commands. It never evaluates the typed text or the tracker's answers, as `eval` and `compgen -W`
 * would. It needs only bash, from 3.2 on.
 */
export const bashScript = String.raw`# bash completion for tracker

_tracker_complete() {
    # The words before the cursor, put together again where bash took them apart at "=" and ":".
    local rest=${'$'}{COMP_LINE:0:COMP_POINT} count=0 index word
    local -a typed
    for ((index = 0; index <= COMP_CWORD; index++)); do
        word=${'$'}{COMP_WORDS[index]}
        if ((index > 0)) && [[ -n $rest && $rest != [[:space:]]* ]]; then
            typed[count - 1]+=$word
        else
            typed[count]=$word
            count=$((count + 1))
        fi
        rest=${'$'}{rest#"${'$'}{rest%%[![:space:]]*}"}
        rest=${'$'}{rest#"$word"}
    done

    local current=${'$'}{typed[count - 1]} before="" value description quoted
    # Bash completes what follows the last of them alone.
    if [[ $current == *[=:]* && $COMP_WORDBREAKS == *[=:]* ]]; then before=${'$'}{current%"${'$'}{current##*[=:]}"}; fi

    COMPREPLY=()
    while IFS=$'\t' read -r value description; do
        case $value in
            :[0-9]) if ((${'$'}{value#:} & 2)); then compopt -o nospace 2>/dev/null; fi ;;
            "") ;;
            *)
                printf -v quoted %q "${'$'}{value#"$before"}"
                COMPREPLY+=("$quoted")
                ;;
        esac
    done < <(tracker complete -- "${'$'}{typed[@]:1}" 2>/dev/null)
}

complete -F _tracker_complete tracker
`;
